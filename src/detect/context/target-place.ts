/** `vb365.context.target_place`: by kind of target, absent when it cannot be decided (detections.md 2). */
import type { Event } from '../../event.ts';
import type { DomainOwner } from './domain-owner.ts';
import { elsewherePlace, type ElsewherePlace } from './elsewhere-place.ts';
import { filePlace, type FilePlace } from './file-place.ts';
import type { People } from './people.ts';
import { recipientPlace, type RecipientPlace } from './recipient-place.ts';

export type TargetPlace = FilePlace | ElsewherePlace | RecipientPlace;

export interface TargetKnowledge {
  readonly people: People;
  readonly ownerOfDomain: DomainOwner;
  /** folded domains of providers where anybody opens a mailbox */
  readonly freeMail: ReadonlySet<string>;
}

export function targetPlace(restore: Event, { people, ownerOfDomain, freeMail }: TargetKnowledge): TargetPlace | undefined {
  const path = restore['vb365.target.path'];
  switch (restore['vb365.target.kind']) {
    case 'file': return path === undefined ? undefined : filePlace(path, people.operatorNames(restore));
    case 'elsewhere': return elsewherePlace(restore, people, ownerOfDomain);
    case 'email': return recipientPlace(restore, people, ownerOfDomain, freeMail);
    default: return undefined;
  }
}
