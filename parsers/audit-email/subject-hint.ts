/** What the subject of an audit mail says, when it can be divided in exactly one way. A hint to compare with, never a source. */
import { maxSubjectSteps } from '../../src/limits.ts';
import { readCultureTime } from '../../src/text/local-time.ts';

/** The product's own template, and the one a widely used setup script installs. */
export const subjectTemplates: readonly string[] = [
  '[Audit] %OrganizationName% - %DisplayName% - %Action% initiated by %InitiatedByUserName% at %StartTime%',
  'VBO Audit - %StartTime% \u2014 %OrganizationName% - %DisplayName% - %Action% - %InitiatedByUserName%',
];

/** the variables of an honest subject have some 800 characters at most, and a longer one costs time */
const maxLength = 2000;
const variables = ['OrganizationName', 'DisplayName', 'Action', 'InitiatedByUserName', 'StartTime'] as const;
type Variable = (typeof variables)[number];
export type SubjectHint = Partial<Readonly<Record<Variable, string>>>;

interface Piece { readonly variable?: Variable; readonly literal: string }

/** The values of the only reading of the subject under all templates; undefined when there is none or more than one. */
export function readSubject(subject: string, templates: readonly string[]): SubjectHint | undefined {
  if (subject.length > maxLength) return undefined;
  const solutions = new Map<string, SubjectHint>();
  for (const template of new Set(templates)) {
    const found = divide(subject, piecesOf(template));
    if (found === undefined) return undefined;
    for (const hint of found) solutions.set(JSON.stringify(variables.map((name) => hint[name])), hint);
  }
  const [only, other] = solutions.values();
  return other === undefined ? only : undefined;
}

/** A template as variables, each with the fixed text behind it; the first piece is the text before the first variable. */
function piecesOf(template: string): readonly Piece[] {
  const [start = '', ...rest] = template.split(/%(OrganizationName|DisplayName|Action|InitiatedByUserName|StartTime)%/);
  const pieces: Piece[] = [{ literal: start }];
  for (let at = 0; at < rest.length; at += 2) {
    const variable = variables.find((name) => name === rest[at]);
    if (variable !== undefined) pieces.push({ variable, literal: rest[at + 1] ?? '' });
  }
  return pieces;
}

/** At most two solutions; undefined when the search takes more steps than allowed. */
function divide(subject: string, pieces: readonly Piece[]): readonly SubjectHint[] | undefined {
  const found: SubjectHint[] = [];
  let steps = 0;
  const walk = (at: number, index: number, hint: SubjectHint): void => {
    const piece = pieces[index];
    if (piece?.variable === undefined) {
      if (piece === undefined && at === subject.length) found.push(hint);
      return;
    }
    const isLast = index === pieces.length - 1;
    let end = isLast ? subject.length - piece.literal.length : subject.indexOf(piece.literal, at + 1);
    while (end > at && found.length < 2 && steps < maxSubjectSteps) {
      steps += 1;
      const value = subject.slice(at, end);
      const known = hint[piece.variable];
      if (subject.startsWith(piece.literal, end) && fits(piece.variable, value) && (known === undefined || known === value)) {
        walk(end + piece.literal.length, index + 1, { ...hint, [piece.variable]: value });
      }
      if (isLast) return;
      end = subject.indexOf(piece.literal, end + 1);
    }
  };
  const start = pieces[0]?.literal ?? '';
  if (pieces.length > 1 && subject.startsWith(start)) walk(start.length, 1, {});
  return steps >= maxSubjectSteps ? undefined : found;
}

function fits(variable: Variable, value: string): boolean {
  if (variable === 'Action') return /^\S{1,32}$/.test(value);
  return variable === 'StartTime' ? readCultureTime(value) !== undefined : value.trim() === value;
}
