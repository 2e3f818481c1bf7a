/** How the product makes a file name of an item name, as far as it is known (formats/explorer-archiver-logs.md 6.6 and 13, rows 16 and 17). */
import { maxComparedName } from '../limits.ts';

const forbidden = '\\/:*?"<>|';

/**
 * Whether a file name can come of an item name: forbidden characters may have been replaced by anything, the name may have been cut, a number may
 * have been added, and an extension follows or is part of the name.
 */
export function fileNameFits(wholeName: string, wholeFile: string): boolean {
  const name = wholeName.slice(0, maxComparedName);
  const file = wholeFile.slice(-maxComparedName);
  // What the product writes for an empty subject is not known.
  if (name.trim() === '') return true;
  const dot = file.lastIndexOf('.');
  const bases = dot > 0 ? [file.slice(0, dot), file] : [file];
  // A file is saved under its own name: the number then stands before the ending.
  const ending = dot > 0 ? file.slice(dot) : '';
  const names = ending !== '' && name.trim().toLowerCase().endsWith(ending.toLowerCase()) ? [name.trim(), name.trim().slice(0, -ending.length)] : [name.trim()];
  return names.some((wanted) => wanted !== '' && bases.some((base) => [base.trim(), ...withoutNumber(base.trim())].some((text) => baseFits(wanted, text))));
}

/** An added number follows the name directly; a name that ends in digits itself leaves several readings. */
function withoutNumber(base: string): readonly string[] {
  const digits = /\d{1,4}(?=\)?$)/.exec(base)?.[0].length ?? 0;
  return Array.from({ length: digits }, (_, index) => base.replace(new RegExp(` ?\\(?\\d{${String(index + 1)}}\\)?$`), ''));
}

function baseFits(name: string, base: string): boolean {
  if (name === base) return true;
  const wanted = [...name];
  const got = [...base];
  // A cut name: the product's limit is not known, but no short name is ever cut.
  if (got.length > wanted.length || (got.length < wanted.length && got.length < 40)) return wildcardFits(wanted, got);
  for (let i = 0; i < got.length; i += 1) {
    if (wanted[i] !== got[i] && !isReplaceable(wanted[i] ?? '')) return got.length === wanted.length ? false : wildcardFits(wanted, got);
  }
  return true;
}

/** Forbidden characters may also have been dropped. */
function wildcardFits(wanted: readonly string[], got: readonly string[]): boolean {
  const kept = wanted.filter((char) => !isReplaceable(char)).join('').replace(/[ .]+$/, '');
  const dropped = got.filter((char) => char !== '_' && char !== '-').join('').replace(/[ .]+$/, '');
  return kept.length > 0 && wanted.some(isReplaceable) && kept.replace(/[_-]/g, '') === dropped;
}

function isReplaceable(char: string): boolean {
  return forbidden.includes(char) || char < ' ';
}
