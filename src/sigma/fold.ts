/**
 * The text in the form in which it is compared: every code point becomes its lower-case code point where there is exactly one, and the final sigma the
 * ordinary one. No locale, no context and no change of the number of code points, so that a part of a text folds as it does inside the whole.
 *
 * `toLowerCase` of a whole text differs from that in two places only (Unicode SpecialCasing, held by a test over all code points): `İ` becomes two
 * code points, and `Σ` at the end of a word a final sigma.
 */
export function fold(text: string): string {
  const lower = text.includes('\u0130') ? text.split('\u0130').map((part) => part.toLowerCase()).join('\u0130') : text.toLowerCase();
  return lower.includes('\u03c2') ? lower.replaceAll('\u03c2', '\u03c3') : lower;
}
