/** One English sentence for a restore: who, what, whose, where to, from where, how sure. */
import type { Event, Operation } from '../event.ts';
import { sentence } from '../text/sentence.ts';
import { deedText } from '../text/vocabulary.ts';

/** `alice (CONTOSO) saved 'Q3' of Ann Lee to C:\Users\alice\Desktop from WKS-07 (corroborated)`; one line, at most 1,000 bytes. */
export function restoreSentence(event: Event): string {
  const operation = event['vb365.operation'];
  const name = event['vb365.item.name'];
  const total = event['vb365.restore.items.total'];
  const owner = event['user.target.email'] ?? event['vb365.owner.name'];
  const target = event['vb365.target.path'];
  const host = event['source.domain'] ?? event['source.ip'];
  const parts = [
    whoOf(event), doing(operation, event['event.outcome'] === 'failure'),
    name === undefined ? `${String(total ?? 1)} ${total === 1 ? 'item' : 'items'}` : `'${shown(name)}'`,
    owner === undefined ? '' : `of ${shown(owner)}`,
    target === undefined || operation === 'view' ? '' : `to ${shown(target)}`,
    host === undefined ? '' : `from ${shown(host)}`,
    `(${String(event['vb365.attribution.confidence'])})`,
  ];
  return sentence(parts.filter((part) => part !== '').join(' '));
}

function doing(operation: Operation | undefined, hasFailed: boolean): string {
  return operation === undefined ? hasFailed ? 'tried to touch' : 'touched' : deedText(operation, hasFailed);
}

function whoOf(event: Event): string {
  const name = event['user.name'];
  const kind = event['vb365.attribution.kind'];
  if (name !== undefined) {
    const who = event['user.email'] ?? (event['user.domain'] === undefined ? name : `${name} (${event['user.domain']})`);
    return kind === 'shared_account' ? `Shared account ${shown(who)}` : shown(who);
  }
  const candidates = event['vb365.attribution.candidates'];
  if (Array.isArray(candidates)) return `One of ${candidates.slice(0, 4).map(shown).join(', ')}${candidates.length > 4 ? ' and others' : ''}`;
  const reported = event['vb365.attribution.reported'];
  if (kind === 'service_account') return `Service account ${shown(reported ?? '')}`.trim();
  if (kind === 'application') return `Application ${shown(reported ?? '')}`.trim();
  const organization = event['organization.name'];
  return event['vb365.attribution.confidence'] === 'organization' && organization !== undefined ? `Somebody of ${shown(organization)}` : 'Somebody';
}

/** One long name must not push the rest out of the sentence. */
function shown(value: unknown): string {
  const text = String(value);
  return text.length > 160 ? `${[...text.slice(0, 160)].slice(0, -1).join('')}…` : text;
}
