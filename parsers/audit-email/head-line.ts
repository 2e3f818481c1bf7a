/** The coloured bar `Audit: {organisation} - {display name}`. Both names may hold ` - `, so a split has to be proven. */
import { foldName } from '../../src/text/account.ts';

export interface HeadLine {
  readonly organization?: string;
  readonly displayName?: string;
}
export interface HeadEvidence {
  /** folded names known from the configuration */
  readonly organizations: ReadonlySet<string>;
  /** organisation of the subject, when that could be read in one way only */
  readonly subjectOrganization?: string;
  readonly subjectDisplayName?: string;
  readonly initiatedBy: readonly string[];
  readonly sourcePaths: readonly string[];
}

const prefix = 'audit:';
const separator = ' - ';
/** a domain name has at most 253 characters, a display name 256 */
const maxLength = 1000;

/** @param line a line of visible text; undefined when it is not a head line */
export function readHeadLine(line: string, evidence: HeadEvidence): HeadLine | undefined {
  if (!line.toLowerCase().startsWith(prefix)) return undefined;
  if (line.length > maxLength) return {};
  const rest = line.slice(prefix.length).trim();
  const splits: { readonly organization: string; readonly displayName: string }[] = [];
  for (let at = rest.indexOf(separator); at > 0; at = rest.indexOf(separator, at + 1)) {
    splits.push({ organization: rest.slice(0, at).trim(), displayName: rest.slice(at + separator.length).trim() });
  }
  if (splits.length === 0) return evidence.organizations.has(foldName(rest)) ? { organization: rest } : {};
  const known = splits.filter(({ organization }) => evidence.organizations.has(foldName(organization)));
  const [only] = known;
  if (only !== undefined) return known.length === 1 ? only : supported(known, evidence);
  return splits.length === 1 ? splits[0] : supported(splits, evidence);
}

/** The one split that something else in the mail agrees with. */
function supported(splits: readonly { readonly organization: string; readonly displayName: string }[], evidence: HeadEvidence): HeadLine {
  const organizations = new Set([evidence.subjectOrganization, ...evidence.initiatedBy].filter((name) => name !== undefined).map(foldName));
  const named = splits.filter(({ organization }) => organizations.has(foldName(organization)));
  if (named.length === 1) return named[0] ?? {};
  const shown = splits.filter(({ displayName }) => isDisplayName(displayName, evidence));
  if (shown.length === 1) return shown[0] ?? {};
  // An organisation is a domain name in Microsoft 365, and of all beginnings of one line only the shortest can be one.
  const first = splits[0]?.organization ?? '';
  return /^[^\s.]+(\.[^\s.]+)+$/.test(first) ? { organization: first } : {};
}

function isDisplayName(name: string, evidence: HeadEvidence): boolean {
  const folded = foldName(name);
  return (evidence.subjectDisplayName !== undefined && foldName(evidence.subjectDisplayName) === folded)
    || (evidence.sourcePaths.length > 0 && evidence.sourcePaths.every((path) => foldName(path) === folded || foldName(path).startsWith(`${folded}\\`)));
}
