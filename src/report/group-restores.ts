/** Restores of one operation as one entry: forty messages saved with one click are forty restores and one story. */
import type { Event } from '../event.ts';
import { restoreRow, type RestoreRow } from './restore-row.ts';

export interface RestoreGroup {
  readonly restores: readonly Event[];
  /** one for each restore, same order */
  readonly rows: readonly RestoreRow[];
  /** what all of them share, with `item`, `items`, `size`, `from`, `startMs` and `endMs` of the whole */
  readonly row: RestoreRow;
}

/** Shown once for the whole group, therefore equal in all of it. */
const sharedFields = [
  'vb365.attribution.candidates', 'vb365.attribution.method', 'vb365.attribution.reported', 'vb365.attribution.kind', 'event.reason', 'source.ip', 'vb365.client.gateway_ip', 'vb365.session.restore_point',
  'host.name', 'service.name', 'vb365.restore.sources', 'vb365.target.path',
] as const satisfies readonly (keyof Event)[];

/** Names of items in the text of a group. */
const namesInText = 20;

/**
 * Groups in the order of their first restore. Restores stay apart when they differ in anything a reader would want to see (operator, confidence, owner,
 * verb, target, result, client, gaps, tenant), when they have no batch, or when `isApart`.
 */
export function groupRestores(restores: readonly Event[], zone: string, isApart = false): readonly RestoreGroup[] {
  const groups = new Map<string, { readonly restores: Event[]; readonly rows: RestoreRow[]; readonly first: RestoreRow }>();
  restores.forEach((restore, at) => {
    const row = restoreRow(restore, zone);
    const batch = restore['vb365.restore.batch'];
    const key = isApart || batch === undefined ? String(at) : JSON.stringify([
      batch, row.operator, row.confidence, row.owner, row.verb, row.to, row.result, row.client, row.tenant, row.organization, row.gaps.map(({ code }) => code),
      ...sharedFields.map((name) => restore[name] ?? null),
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { restores: [restore], rows: [row], first: row });
    else {
      group.restores.push(restore);
      group.rows.push(row);
    }
  });
  return [...groups.values()].map(({ first, ...group }) => ({ ...group, row: group.rows.length === 1 ? first : together(first, group.rows) }));
}

function together(first: RestoreRow, rows: readonly RestoreRow[]): RestoreRow {
  const items = rows.reduce((sum, row) => sum + row.items, 0);
  const places = new Set(rows.map(({ from }) => from));
  const known = rows.filter((row) => row.items === 1).slice(0, namesInText).map(({ item }) => item);
  const times = rows.map(({ startMs }) => startMs).filter((ms) => !Number.isNaN(ms));
  const ends = rows.map(({ endMs }) => endMs).filter((ms) => !Number.isNaN(ms));
  const startMs = times.length === 0 ? first.startMs : times.reduce((a, b) => Math.min(a, b));
  return {
    ...first, items, size: rows.every(({ size }) => size !== undefined) ? rows.reduce((sum, { size = 0 }) => sum + size, 0) : undefined,
    item: known.length === 0 ? `${items} items` : `${items} items: ${known.join(', ')}${known.length < items ? ' …' : ''}`,
    from: places.size === 1 ? first.from : `${places.size} places`,
    when: rows.find((row) => row.startMs === startMs)?.when ?? first.when, startMs, endMs: ends.reduce((a, b) => Math.max(a, b), startMs),
  };
}
