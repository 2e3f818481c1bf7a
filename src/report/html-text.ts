/** Untrusted text in a page: visible, bounded, escaped, and kept from reordering what stands around it. */
import { maxShownText } from '../limits.ts';
import { boundText, visibleText } from './visible-text.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe as content of an element and inside a quoted attribute (never inside a script, a style, a URL or an unquoted attribute). */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** Plain text of an untrusted value, for attributes and SVG: visible, at most `limit` UTF-16 units, escaped. */
export function safeText(text: string, limit: number = maxShownText): string {
  return escapeHtml(boundText(visibleText(text), limit));
}

/**
 * The same as an element that isolates its reading direction: Arabic and Hebrew names read as they should and move nothing else. Paths and addresses may
 * break at their separators.
 */
export function isolated(text: string, limit: number = maxShownText): string {
  return `<bdi>${safeText(text, limit).replace(/[\\/]/g, '$&<wbr>').replaceAll('@', '<wbr>@')}</bdi>`;
}
