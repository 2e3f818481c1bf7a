/**
 * The shape of a message that no template knows: its words, and typed fields in place of what looks like a value. Messages of one shape are one guess
 * at one template. A guess may be wrong in both directions, so it is only ever shown or checked, never used to recognise anything.
 */
import { maxShapedText } from '../limits.ts';

/** Fixed text (a word, blanks or punctuation), or a field with the name of its type. */
export interface Token { readonly kind: 'text' | 'field'; readonly text: string }

const notInside = '(?<![\\p{L}\\p{N}_])';
const notBefore = '(?![\\p{L}\\p{N}_])';
/** In order of precedence; of what is quoted, the quotes stay fixed text. Texts are short (`maxShapedText`), so that none of these can take long. */
const values: readonly (readonly [type: string, pattern: string])[] = [
  ['quoted', "(?<![\\p{L}\\p{N}])'(?:[^']|'(?=[\\p{L}\\p{N}])){1,300}'(?![\\p{L}\\p{N}])"],
  ['quoted', '"[^"]{1,300}"'],
  ['guid', `${notInside}[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}${notBefore}`],
  ['date', `${notInside}\\d{1,4}(?:[./-] ?\\d{1,4}){2}[.,]?[ T]\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:[.,]\\d{1,7})?(?:[ \\u202f][AaPp]\\.?[Mm]\\.?|Z)?${notBefore}`],
  ['date', `${notInside}(?:\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}/\\d{1,2}/\\d{4}|\\d{1,2}\\.\\d{1,2}\\.\\d{4})${notBefore}`],
  ['duration', `${notInside}(?:\\d{1,4}\\.)?\\d{1,2}:\\d{2}:\\d{2}(?:\\.\\d{1,7})?${notBefore}`],
  ['ip', `${notInside}(?:\\d{1,3}\\.){3}\\d{1,3}${notBefore}(?!\\.\\d)`],
  ['ip', `${notInside}(?=[0-9A-Fa-f:]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:]{3,39}(?:%\\d{1,4})?${notBefore}`],
  ['path', "[A-Za-z]:\\\\[^'\"<>|*?,;()\\[\\]]*[^'\"<>|*?,;()\\[\\]\\s.]|\\\\\\\\[^'\"<>|*?,;()\\[\\]]*[^'\"<>|*?,;()\\[\\]\\s.]"],
  ['upn', `${notInside}[^\\s@'"<>()\\[\\],;:=]{1,100}@[\\p{L}\\p{N}.-]{1,200}[\\p{L}\\p{N}]`],
  ['account', `${notInside}[\\p{L}\\p{N}.-]{1,64}\\\\[\\p{L}\\p{N}.$_-]{0,63}[\\p{L}\\p{N}$_]`],
  ['size', `${notInside}\\d{1,15}(?:[.,]\\d{1,6})? (?:bytes|B|KB|MB|GB|TB)${notBefore}`],
  ['version', `${notInside}\\d{1,9}(?:\\.\\d{1,9}){2,3}${notBefore}`],
  ['count', `${notInside}\\d{1,19}${notBefore}`],
  ['id', `${notInside}(?=[0-9A-Za-z_-]*\\d[0-9A-Za-z_-]*[A-Za-z])[0-9A-Za-z_-]{8,64}${notBefore}`],
  ['host', `${notInside}(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,62}[0-9A-Za-z])?\\.){1,8}(?:example|com|net|org|local|corp|lan|internal|[a-z]{2})${notBefore}(?!\\.[0-9A-Za-z])`],
];
const types: readonly string[] = values.map(([type]) => type);
const value = new RegExp(values.map(([, pattern], index) => `(?<v${index}>${pattern})`).join('|'), 'gu');
const word = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]+/gu;

/** What follows the first `maxShapedText` characters is one field. Never throws; the time is bounded by that length. */
export function shapeOf(message: string): readonly Token[] {
  const isLong = message.length > maxShapedText;
  const head = isLong ? message.slice(0, message.lastIndexOf(' ', maxShapedText) + 1 || maxShapedText) : message;
  const tokens: Token[] = [];
  let end = 0;
  for (const match of head.matchAll(value)) {
    addText(head.slice(end, match.index));
    const index = types.findIndex((_, at) => match.groups?.[`v${at}`] !== undefined);
    const type = types[index] ?? 'text';
    const quote = match[0].charAt(0);
    if (type === 'quoted') tokens.push({ kind: 'text', text: quote }, { kind: 'field', text: 'text' }, { kind: 'text', text: quote });
    else tokens.push({ kind: 'field', text: type });
    end = match.index + match[0].length;
  }
  addText(head.slice(end));
  if (isLong) tokens.push({ kind: 'field', text: 'rest' });
  return tokens;

  function addText(text: string): void {
    for (const [part] of text.matchAll(word)) tokens.push({ kind: 'text', text: part });
  }
}

/** The shape as the text of a template: fields named after the word before them, or after their type, each name once. */
export function templateOf(tokens: readonly Token[]): string {
  const used = new Map<string, number>();
  return tokens.map((token, index) => {
    if (token.kind === 'text') return token.text.replaceAll(/[{}]/g, '$&$&');
    const wanted = nameBefore(tokens.slice(Math.max(0, index - 3), index)) ?? (token.text === 'rest' || token.text === 'text' ? 'value' : token.text);
    const count = (used.get(wanted) ?? 0) + 1;
    used.set(wanted, count);
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    return token.text === 'text' ? `{${name}}` : `{${name}:${token.text}}`;
  }).join('');
}

/** `Port: 9194` and `port=9194` name their value. */
function nameBefore(before: readonly Token[]): string | undefined {
  const text = before.map((token) => token.kind === 'field' ? ' ' : token.text).join('');
  return /([A-Za-z][A-Za-z0-9]{0,30})(?::\s*|=)['"]?$/.exec(text)?.[1]?.toLowerCase();
}
