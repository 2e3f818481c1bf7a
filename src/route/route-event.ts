/** Which destinations an event goes to. The default is refuse: what names no owner reaches nobody but the provider. */
import type { Config, DestinationSettings } from '../config/config.ts';
import type { Event } from '../event.ts';

/** `all`: everything; `restores`: restores, alerts, health; `alerts`: alerts, health (field map, section 1). */
export type EventChoice = DestinationSettings['events'];

export interface Route {
  /** ids of destinations, in the order of the configuration */
  readonly destinations: readonly string[];
  /** why the event is set aside: it names a tenant that is not configured, or none although tenants are */
  readonly quarantine?: 'organization-unknown';
}

const levelsOf: Readonly<Record<EventChoice, readonly string[]>> = {
  all: ['activity', 'restore', 'alert', 'health'], restores: ['restore', 'alert', 'health'], alerts: ['alert', 'health'],
};

/** True when a reader that asked for `choice` takes events of this level. */
export function isChosen(event: Event, choice: EventChoice): boolean {
  return levelsOf[choice].includes(event['vb365.level'] ?? '');
}

/** Compiles the configured destinations to a choice per event. Pure. */
export function createRouter(config: Pick<Config, 'tenants' | 'destinations'>): (event: Event) => Route {
  const known = new Set(config.tenants.map(({ id }) => id));
  const takesAll = (destination: DestinationSettings): boolean => destination.tenants.includes('*');
  return (event) => {
    const tenant = event['vb365.tenant.id'];
    const isAssigned = tenant !== undefined && tenant !== 'unassigned';
    // The health of the whole installation, and alerts of rules that see all tenants, are the provider's.
    const isWhole = !isAssigned && (event['vb365.level'] === 'health' || event['vb365.level'] === 'alert');
    if (known.size > 0 && !isWhole && !(isAssigned && known.has(tenant))) return { destinations: [], quarantine: 'organization-unknown' };
    const destinations = config.destinations
      .filter((destination) => takesAll(destination) || (isAssigned && destination.tenants.includes(tenant)))
      .filter(({ events }) => isChosen(event, events))
      .map(({ id }) => id);
    return { destinations };
  };
}
