/** One English sentence for a row of an audit mail. */
import type { Event, FieldValue, Operation } from '../../src/event.ts';
import { pastTense } from '../../src/text/vocabulary.ts';

/** `ADATUM\j.whitfield saved 'Offer letter' of nadia.haddad@adatum.example to D:\Restore (audit mail)` */
export function rowSentence(event: Event, operation: Operation | undefined): string {
  const verb = operation === undefined ? `did "${shown(event['vb365.audit.operation'], 'something')}" to` : pastTense[operation];
  const item = shown(event['vb365.item.name'], '');
  const owner = shown(event['user.target.email'] ?? event['vb365.owner.name'], 'an unknown owner');
  const target = shown(event['vb365.target.path'], '');
  return `${actor(event)} ${verb} ${item === '' ? 'an item' : `'${item}'`} of ${owner}${target === '' || operation === 'view' ? '' : ` to ${target}`} (audit mail)`;
}

function actor(event: Event): string {
  const user = event['user.name'];
  if (user !== undefined) return shown(event['user.email'], `${shown(event['user.domain'], '')}\\${shown(user, '')}`);
  if (event['vb365.attribution.confidence'] === 'organization') return `Somebody of ${shown(event['vb365.attribution.reported'], 'the organisation')}`;
  return 'Somebody';
}

/** One long name must not push the rest out of the sentence. */
function shown(value: FieldValue | undefined, otherwise: string): string {
  const text = typeof value === 'string' && value !== '' ? value : otherwise;
  return text.length > 200 ? `${[...text.slice(0, 200)].slice(0, -1).join('')}…` : text;
}
