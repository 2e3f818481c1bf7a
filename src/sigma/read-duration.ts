/** Times of rules: a number and a unit. */

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of `15m`, `24h`, `7d`; undefined for anything else, months and years included because their length varies. */
export function readDuration(text: string): number | undefined {
  const found = /^(0|[1-9]\d{0,8})([smhdw])$/.exec(text);
  const unit = units[found?.[2] ?? ''];
  return found === null || unit === undefined ? undefined : Number(found[1]) * unit;
}
