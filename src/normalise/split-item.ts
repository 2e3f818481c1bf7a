/**
 * Splitting `{class}, {subject}, {size}, {mailbox}\{folder path}, {target folder}` of an extended item line (formats/explorer-archiver-logs.md
 * 6.6). Commas are not escaped, so the split needs the path of the file that the next line of the thread names; without it nothing is chosen.
 */

import type { Workload } from '../event.ts';
import { maxSplitCandidates } from '../limits.ts';
import { fileNameFits } from '../text/file-name.ts';

export interface SplitItem {
  readonly itemClass: string;
  readonly subject?: string;
  readonly sizeText?: string;
  /** `Owner\Folder` verbatim */
  readonly source?: string;
  /** text before the first backslash of `source`, where there is one and it is not a path */
  readonly owner?: string;
  readonly target?: string;
  readonly isAmbiguous: boolean;
}

interface Candidate { readonly subject: string; readonly size: string; readonly source: string }

const sizeToken = /^(\d+(?:[.,]\d+)?)[ \u00a0\u202f](B|bytes|Bytes|KB|MB|GB|TB)$/;

/** @param rest text between the fixed start and the trailing `...`; @param filePath full path of the next `Exporting item to file` of the thread */
export function splitItem(rest: string, filePath: string | undefined, workload?: Workload): SplitItem {
  const classEnd = rest.indexOf(', ');
  if (classEnd <= 0) return { itemClass: rest, isAmbiguous: true };
  const itemClass = rest.slice(0, classEnd);
  if (filePath === undefined) return { itemClass, isAmbiguous: true };
  const cut = lastSeparator(filePath);
  const folder = trimEndSlash(filePath.slice(0, Math.max(cut, 0)));
  const file = filePath.slice(cut + 1);
  const body = rest.slice(classEnd + 2);
  const target = targetAtEnd(body, folder);
  if (target === undefined) return { itemClass, isAmbiguous: true };
  const head = body.slice(0, body.length - target.length - 2);
  const candidates: Candidate[] = [];
  let count = 0;
  for (const { at, end, text } of sizeTokens(`, ${head}`)) {
    count += 1;
    if (count > maxSplitCandidates) return { itemClass, target, isAmbiguous: true };
    // The subject may be empty, and then two commas stand in a row.
    const subject = at === 0 ? '' : head.slice(0, Math.max(at - 2, 0));
    const source = head.slice(end);
    if (source !== '' && fileNameFits(subject, file)) candidates.push({ subject, size: text, source });
  }
  // An empty subject fits any file, so it counts only where no other does.
  const named = candidates.filter(({ subject }) => subject.trim() !== '');
  const fitting = named.length > 0 ? named : candidates;
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) {
    const owner = ownerOfPath(only.source, workload);
    return { itemClass, subject: only.subject, sizeText: only.size, source: only.source, target, isAmbiguous: false, ...(owner === undefined ? {} : { owner }) };
  }
  return { itemClass, target, isAmbiguous: true, ...shared(fitting, workload) };
}

/** Fields on which all candidates agree. */
function shared(candidates: readonly Candidate[], workload: Workload | undefined): { subject?: string; sizeText?: string; source?: string; owner?: string } {
  const [first, ...others] = candidates;
  if (first === undefined) return {};
  const owners = new Set(candidates.map((candidate) => ownerOfPath(candidate.source, workload)));
  const [owner] = owners;
  return {
    ...(others.every((other) => other.subject === first.subject) ? { subject: first.subject } : {}),
    ...(others.every((other) => other.size === first.size) ? { sizeText: first.size } : {}),
    ...(others.every((other) => other.source === first.source) ? { source: first.source } : {}),
    ...(owners.size === 1 && owner !== undefined ? { owner } : {}),
  };
}

/** All size tokens between `, ` and `, `, overlapping ones included; positions are within the text after the leading `, `. */
function* sizeTokens(text: string): Generator<{ readonly at: number; readonly end: number; readonly text: string }> {
  let from = text.indexOf(', ');
  while (from !== -1) {
    const next = text.indexOf(', ', from + 2);
    if (next === -1) return;
    const token = text.slice(from + 2, next);
    if (sizeToken.test(token)) yield { at: from, end: next, text: token };
    // A size may itself hold `, ` never; but a decimal comma holds no blank, so the next separator is the next candidate.
    from = next;
  }
}

function targetAtEnd(body: string, folder: string): string | undefined {
  for (const form of [folder, `${folder}\\`, `${folder}/`]) {
    if (form !== '' && body.length > form.length + 2 && body.toLowerCase().endsWith(`, ${form.toLowerCase()}`)) return body.slice(body.length - form.length);
  }
  return undefined;
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
}

function trimEndSlash(path: string): string {
  return /^[A-Za-z]:[\\/]?$/.test(path) ? path.slice(0, 2) : path.replace(/[\\/]+$/, '');
}

/** Folder and file name of a full path; a drive root keeps its slash. */
export function splitPath(path: string): { readonly folder: string; readonly file: string } {
  const cut = lastSeparator(path);
  const folder = path.slice(0, Math.max(cut, 0));
  return { folder: /^[A-Za-z]:$/.test(folder) ? `${folder}\\` : folder, file: path.slice(cut + 1) };
}

/**
 * The owner's display name in `Owner\Folder`, or in `Owner: path`; undefined for drive letters, shares, addresses and site paths, which name no
 * owner that is a person.
 */
export function ownerOfPath(path: string, workload?: Workload): string | undefined {
  if (path.startsWith('\\') || path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || /^[a-z]+:\/\//i.test(path)) return undefined;
  // A mailbox may be called `Team: Alpha`; only the other workloads write `owner: path`.
  const colon = workload === 'exchange' ? null : /^([^\\/:]{2,}): /.exec(path);
  if (colon?.[1] !== undefined && colon[1].trim() !== '') return colon[1];
  const slash = path.indexOf('\\');
  return slash > 0 ? path.slice(0, slash) : undefined;
}

/** `79.1 KB`, `1,2 MB` → bytes (1 KB = 1,024); undefined when it is no size. Printed values are rounded, so the result is too. */
export function readSize(text: string): number | undefined {
  const m = sizeToken.exec(text);
  if (m?.[1] === undefined || m[2] === undefined) return undefined;
  const factor = { b: 1, bytes: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3, tb: 1024 ** 4 }[m[2].toLowerCase()] ?? 1;
  return Math.round(Number(m[1].replace(',', '.')) * factor);
}
