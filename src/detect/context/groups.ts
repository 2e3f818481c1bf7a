/** Configured groups of owners and of machines: lists of names, addresses, whole domains and patterns. */
import type { Event } from '../../event.ts';
import { maxComparedName } from '../../limits.ts';
import { foldName } from '../../text/account.ts';
import { hostLabel } from '../../text/host-label.ts';
import { fitsPattern } from '../../text/name-pattern.ts';

/** Sorted names of the groups that hold one of the spellings. */
export type Groups = (spellings: readonly string[]) => readonly string[];

/**
 * Entries compare without case: a name or an address whole; a domain (`contoso.example`, `@contoso.example`) holds every address and every machine
 * right in it; `*` and `?` stand for any letters and any one.
 */
export function compileGroups(lists: Readonly<Record<string, readonly string[]>>): Groups {
  const exact = new Map<string, Set<string>>();
  const patterns: { readonly pattern: string; readonly group: string }[] = [];
  for (const [group, entries] of Object.entries(lists)) for (const entry of entries) {
    const folded = foldName(entry);
    if (/[*?]/.test(folded)) patterns.push({ pattern: folded, group });
    else exact.set(folded.replace(/^@/, ''), (exact.get(folded.replace(/^@/, '')) ?? new Set()).add(group));
  }
  if (exact.size === 0 && patterns.length === 0) return () => [];
  return (spellings) => {
    const found = new Set<string>();
    for (const spelling of spellings) {
      const folded = foldName(spelling.slice(0, maxComparedName));
      for (const name of [folded, domainIn(folded)]) for (const group of exact.get(name) ?? []) found.add(group);
      for (const { pattern, group } of patterns) if (fitsPattern(pattern, folded)) found.add(group);
    }
    return [...found].sort();
  };
}

/** The client by every spelling: its name as written, its first label, its addresses. Empty when it is not known. */
export function hostNames(restore: Event): readonly string[] {
  const { 'source.domain': domain, 'source.ip': ip, 'source.address': address } = restore;
  return [...new Set([...(domain === undefined ? [] : [domain, hostLabel(domain)]), ...(ip === undefined ? [] : [ip]), ...(address === undefined ? [] : [address])])];
}

/** Domain of an address (`a@b.c`) or of a machine (`a.b.c`); empty for anything else. */
function domainIn(name: string): string {
  const at = name.lastIndexOf('@');
  if (at !== -1) return name.slice(at + 1);
  return /^[^\s.\\/:]+\.[^\s\\/:]+$/.test(name) && !/^[\d.]+$/.test(name) ? name.slice(name.indexOf('.') + 1) : '';
}
