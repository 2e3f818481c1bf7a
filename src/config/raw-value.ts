/** Looking into data of unknown shape: the cross checks run even where the shape is wrong, so that all problems come at once. */

export type RawMap = Readonly<Record<string, unknown>>;

export function mapOf(value: unknown): RawMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

/** The same data without empty members: a key whose value is left out (or commented out) is a key that is not set. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== undefined).map(([key, member]) => [key, withoutEmpty(member)]));
}
