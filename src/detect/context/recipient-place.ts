/** To whom backup data was mailed: of several recipients the one furthest away counts. */
import type { Event } from '../../event.ts';
import { foldName } from '../../text/account.ts';
import type { DomainOwner } from './domain-owner.ts';
import type { People } from './people.ts';

export type RecipientPlace = 'owner' | 'operator' | 'same_organization' | 'other_organization' | 'free_mail';

/** From the furthest to the nearest. */
const byDistance: readonly RecipientPlace[] = ['free_mail', 'other_organization', 'operator', 'same_organization', 'owner'];

/** Providers where anybody opens a mailbox; a configuration may add those of its country. */
export const freeMailDomains: readonly string[] = [
  'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'hotmail.co.uk', 'hotmail.fr', 'live.com', 'msn.com', 'yahoo.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de', 'yahoo.co.jp', 'ymail.com', 'rocketmail.com',
  'icloud.com', 'me.com', 'mac.com', 'aol.com', 'gmx.com', 'gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'web.de', 't-online.de', 'freenet.de', 'mail.com', 'proton.me', 'protonmail.com', 'pm.me', 'tutanota.com', 'tuta.io',
  'zoho.com', 'fastmail.com', 'hey.com', 'hushmail.com', 'mailbox.org', 'posteo.de', 'laposte.net', 'orange.fr', 'free.fr', 'libero.it', 'seznam.cz', 'wp.pl', 'o2.pl', 'mail.ru', 'yandex.ru', 'yandex.com', 'qq.com', '163.com',
  '126.com', 'sina.com', 'naver.com', 'rediffmail.com', 'uol.com.br', 'bigpond.com', 'xtra.co.nz', 'mailinator.com', 'guerrillamail.com', 'yopmail.com',
];

/** @returns undefined when one recipient cannot be placed and none of the others is far away */
export function recipientPlace(restore: Event, people: People, ownerOfDomain: DomainOwner, freeMail: ReadonlySet<string>): RecipientPlace | undefined {
  const owners = new Set(people.ownerNames(restore).map(foldName));
  const operators = new Set(people.operatorNames(restore).map(foldName));
  const places = (restore['email.to.address'] ?? []).map((address): RecipientPlace | undefined => {
    const folded = foldName(address);
    const domain = folded.slice(folded.lastIndexOf('@') + 1);
    if (owners.has(folded)) return 'owner';
    if (operators.has(folded)) return 'operator';
    if (freeMail.has(domain)) return 'free_mail';
    const owner = ownerOfDomain(domain, restore);
    return owner === undefined ? undefined : owner === 'same' ? 'same_organization' : 'other_organization';
  });
  const furthest = byDistance.find((place) => places.includes(place));
  return places.includes(undefined) && furthest !== 'free_mail' && furthest !== 'other_organization' ? undefined : furthest;
}
