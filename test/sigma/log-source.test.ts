import { expect } from 'chai';
import { isOfLogSource, servicesOf } from '../../src/sigma/log-source.ts';

describe('log sources', () => {
  const events: Readonly<Record<string, object>> = {
    restore: { 'vb365.level': 'restore' },
    explorer: { 'vb365.level': 'activity', 'vb365.origin.kind': 'explorer_log' },
    mail: { 'vb365.level': 'activity', 'vb365.origin.kind': 'audit_mail' },
    rest: { 'vb365.level': 'activity', 'vb365.origin.kind': 'rest_api' },
    archiver: { 'vb365.level': 'activity', 'vb365.origin.kind': 'archiver_log' },
    restLog: { 'vb365.level': 'activity', 'vb365.origin.kind': 'rest_log' },
    otherActivity: { 'vb365.level': 'activity' },
    health: { 'vb365.level': 'health', 'vb365.origin.kind': 'audit_mail' },
    alert: { 'vb365.level': 'alert' },
    nested: { vb365: { level: 'restore' } },
    foreign: { EventID: 4624 },
    unknownLevel: { 'vb365.level': 'Restore' },
  };
  const everything = ['restore', 'explorer', 'mail', 'rest', 'archiver', 'restLog', 'otherActivity', 'health', 'nested'];
  const rows: readonly (readonly [string, Parameters<typeof isOfLogSource>[0], readonly string[]])[] = [
    ['restore', { product: 'vb365', service: 'restore', custom: {} }, ['restore', 'nested']],
    ['activity: any source', { product: 'vb365', service: 'activity', custom: {} }, ['explorer', 'mail', 'rest', 'archiver', 'restLog', 'otherActivity']],
    ['explorer', { product: 'vb365', service: 'explorer', custom: {} }, ['explorer']],
    ['audit_mail', { product: 'vb365', service: 'audit_mail', custom: {} }, ['mail']],
    ['rest', { product: 'vb365', service: 'rest', custom: {} }, ['rest']],
    ['archiver: its logs and those of the REST service', { product: 'vb365', service: 'archiver', custom: {} }, ['archiver', 'restLog']],
    ['health', { product: 'vb365', service: 'health', custom: {} }, ['health']],
    ['alert', { product: 'vb365', service: 'alert', custom: {} }, ['alert']],
    ['the product alone: all but alerts', { product: 'vb365', custom: {} }, everything],
    ['a service alone', { service: 'health', custom: {} }, ['health']],
    ['a service that there is not', { product: 'vb365', service: 'sysmon', custom: {} }, []],
    ['another product', { product: 'windows', custom: {} }, []],
    ['another product with a service of ours', { product: 'windows', service: 'restore', custom: {} }, []],
    ['a category never matches', { product: 'vb365', service: 'restore', category: 'restore', custom: {} }, []],
    ['a category alone', { category: 'process_creation', custom: {} }, []],
    ['definition and keys of others decide nothing', { product: 'vb365', service: 'alert', definition: 'x', custom: { x: 1 } }, ['alert']],
  ];
  for (const [name, logsource, expected] of rows) it(name, () => { expect(Object.keys(events).filter((key) => isOfLogSource(logsource, servicesOf(events[key]!)))).to.deep.equal(expected); });
});
