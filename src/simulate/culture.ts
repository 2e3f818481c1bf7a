/** How Windows cultures print dates and numbers (formats/explorer-archiver-logs.md 2.2). Local times are milliseconds as if the wall clock were UTC. */
export type Culture = 'en-NZ' | 'en-GB' | 'en-US' | 'de-DE' | 'it-IT' | 'sv-SE';

interface Style { readonly date: (day: number, month: number, year: number) => string; readonly isTwelve: boolean; readonly decimal: '.' | ',' }
const two = (value: number): string => String(value).padStart(2, '0');
const styles: Readonly<Record<Culture, Style>> = {
  'en-NZ': { date: (d, m, y) => `${d}/${two(m)}/${y}`, isTwelve: true, decimal: '.' },
  'en-GB': { date: (d, m, y) => `${two(d)}/${two(m)}/${y}`, isTwelve: false, decimal: '.' },
  'en-US': { date: (d, m, y) => `${m}/${d}/${y}`, isTwelve: true, decimal: '.' },
  'de-DE': { date: (d, m, y) => `${two(d)}.${two(m)}.${y}`, isTwelve: false, decimal: ',' },
  'it-IT': { date: (d, m, y) => `${two(d)}/${two(m)}/${y}`, isTwelve: false, decimal: ',' },
  'sv-SE': { date: (d, m, y) => `${y}-${two(m)}-${two(d)}`, isTwelve: false, decimal: ',' },
};

/** General long form: date and time with seconds. */
export function longTime(culture: Culture, localMs: number): string {
  return print(culture, localMs, true);
}

/** General short form: without seconds; what audit mails carry. */
export function shortTime(culture: Culture, localMs: number): string {
  return print(culture, localMs, false);
}

function print(culture: Culture, localMs: number, hasSeconds: boolean): string {
  const at = new Date(localMs);
  const style = styles[culture];
  const hour = at.getUTCHours();
  const tail = `:${two(at.getUTCMinutes())}${hasSeconds ? `:${two(at.getUTCSeconds())}` : ''}`;
  const time = style.isTwelve ? `${hour % 12 === 0 ? 12 : hour % 12}${tail} ${hour < 12 ? 'AM' : 'PM'}` : `${two(hour)}${tail}`;
  return `${style.date(at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear())} ${time}`;
}

/** `[dd.MM.yyyy HH:mm:ss]`, with or without milliseconds: the same in every culture. */
export function bracketedTime(localMs: number, hasMs: boolean): string {
  const at = new Date(localMs);
  const fraction = hasMs ? `.${String(at.getUTCMilliseconds()).padStart(3, '0')}` : '';
  return `[${two(at.getUTCDate())}.${two(at.getUTCMonth() + 1)}.${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}${fraction}]`;
}

/** `yyyy_MM_dd_HH_mm_ss` of file names. */
export function stampOf(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 19).replace(/[-T:]/g, '_');
}

export function decimalText(culture: Culture, value: number, digits: number): string {
  return value.toFixed(digits).replace('.', styles[culture].decimal);
}

/** `79.1 KB`: rounded as the product prints it. */
export function sizeText(culture: Culture, bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${decimalText(culture, bytes / 1024, 1)} KB` : `${decimalText(culture, bytes / 1024 / 1024, 1)} MB`;
}

/** True when day and month cannot be exchanged: the order is in the form, or the day is no month. */
export function isPlainDate(culture: Culture, localMs: number): boolean {
  return culture === 'sv-SE' || culture === 'de-DE' || new Date(localMs).getUTCDate() > 12;
}
