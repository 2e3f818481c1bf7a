/**
 * What every event that leaves a stage must be, whatever it came of: the generated JSON Schema, and the rules of the field map that a schema cannot say.
 * `checkEvent` belongs into every test that has an event in its hands.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { fieldKinds } from '../../src/event-fields.ts';
import { ecsDocument } from '../../src/emit/ecs.ts';
import type { Event, FieldName, FieldValue } from '../../src/event.ts';
import { outcomeOf, serviceNames } from '../../src/text/vocabulary.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, keywords: ['x-personal'] });
formats.default(ajv);
const schema: object = JSON.parse(readFileSync(new URL('../../schemas/event.schema.json', import.meta.url), 'utf8')) as object;
const isSchemaValid: ValidateFunction = ajv.compile(schema);

/** Throws with everything that is wrong with an event. */
export function checkEvent(event: Event): void {
  const faults = eventFaults(event);
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${JSON.stringify(event, null, 1)}`);
}

/** Everything that is wrong with an event; empty when nothing is. */
export function eventFaults(event: Event): readonly string[] {
  const unknown = Object.keys(event).filter((name) => !Object.hasOwn(fieldKinds, name)).map((name) => `${name} is not in schemas/fields.yml`);
  const empty = (Object.entries(event) as [string, FieldValue | null | undefined][]).filter(([, value]) => isMissing(value)).map(([name]) => `${name} is there without a value`);
  const schemaFaults = isSchemaValid(ecsDocument(event)) ? [] : (isSchemaValid.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  const broken = rules.filter(([, holds]) => !holds(event)).map(([rule]) => rule);
  return [...unknown, ...empty, ...schemaFaults, ...broken];
}

function isMissing(value: FieldValue | null | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === '-') return true;
  return typeof value === 'object' && (value.length === 0 || value.some((member) => member === '' || member === '-'));
}

type Rule = readonly [rule: string, holds: (event: Event) => boolean];

const operatorNames = ['user.name', 'user.domain', 'user.email', 'user.id', 'user.full_name'] as const satisfies readonly FieldName[];
const ownerNames = ['user.target.name', 'user.target.domain', 'user.target.email', 'user.target.id', 'user.target.full_name'] as const satisfies readonly FieldName[];
const severityNumbers = { informational: 1, low: 3, medium: 5, high: 7, critical: 9 } as const;
const expectedTypes: Readonly<Record<string, readonly string[]>> = {
  file: ['access', 'change', 'creation', 'deletion', 'info'], email: ['info'], session: ['start', 'end', 'info'], authentication: ['start', 'end', 'info'],
  configuration: ['access', 'change', 'creation', 'deletion', 'info'], api: ['access', 'admin', 'allowed', 'change', 'creation', 'deletion', 'denied', 'end', 'info', 'start', 'user'],
  iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
};

const has = (event: Event, names: readonly FieldName[]): boolean => names.some((name) => event[name] !== undefined);
const fold = (text: string): string => text.trim().toLowerCase();
const same = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;
const isNamed = ({ 'vb365.attribution.confidence': confidence }: Event): boolean => confidence === 'confirmed' || confidence === 'corroborated' || confidence === 'probable';
/** `Owner\\Folder` of a workload that is not known yet: a person by the form of the path, of whom only the display name is known. */
const isPersonByForm = (event: Event): boolean => event['vb365.owner.type'] === 'unknown' && event['vb365.workload'] === undefined && ownerNames.every((name) => name === 'user.target.full_name' || event[name] === undefined);
const lastPart = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** Category and type of the actions that the field map names; further ones need only an expected pair. */
function categoriesOf(action: string, isMail: boolean): string | undefined {
  if (/^item-(view|save|export|send)(-start)?$|^folder-open$/.test(action)) return isMail ? 'email info' : 'file access';
  if (/^item-restore(-start)?$/.test(action)) return isMail ? 'email info' : 'file creation';
  if (/^(session|explorer)-start$/.test(action)) return 'session start';
  if (/^(audit-settings|audit-items|history-settings|job|repository)-change$/.test(action)) return 'configuration change';
  if (/^restore-(session|point)-delete$/.test(action)) return 'configuration deletion';
  const others: Readonly<Record<string, string>> = {
    'session-end': 'session end', 'organization-login': 'authentication start', 'access-check': 'authentication info', 'login-failed': 'authentication info', 'role-change': 'iam admin,change',
  };
  return others[action];
}

/** Rules of field-map.md, each a sentence that must be true. */
const rules: readonly Rule[] = [
  ['user.* stands only beside a confidence that names a person (2.1)', (event) => !has(event, operatorNames) || isNamed(event) || event['vb365.level'] === 'alert'],
  ['a restore whose confidence names a person names one', (event) => event['vb365.level'] !== 'restore' || !isNamed(event) || event['user.name'] !== undefined],
  ['the operator is no word for nobody (2.1)', (event) => !operatorNames.some((name) => ['unknown', '', 'n/a', 'none', 'system'].includes(fold(event[name] ?? 'x')))],
  ['the operator is not the organisation (2.1)', (event) => event['organization.name'] === undefined || !['user.name', 'user.email'].some((name) => fold(event[name as 'user.name'] ?? '') === fold(event['organization.name'] ?? 'x'))],
  ['a named operator is a person or an account that people share', (event) => event['vb365.level'] !== 'restore' || !isNamed(event) || event['vb365.attribution.kind'] === 'user' || event['vb365.attribution.kind'] === 'shared_account'],
  ['user.target.* stands only beside an owner that is a person (2.3)', (event) => !has(event, ownerNames) || ['mailbox', 'archive_mailbox', 'onedrive', 'personal_site'].includes(event['vb365.owner.type'] ?? '') || isPersonByForm(event)
    // One person's mailbox and archive: an alert says only that on which its events agree.
    || (event['vb365.level'] === 'alert' && event['vb365.owner.type'] === undefined)],
  ['group.* stands only beside a team or group (2.3)', (event) => !has(event, ['group.name', 'group.id']) || ['team', 'group'].includes(event['vb365.owner.type'] ?? '')],
  ['an owner with a display name has it twice (2.4)', (event) => event['user.target.full_name'] === undefined || event['vb365.owner.name'] === event['user.target.full_name']],
  ['an address of the operator is its name and its domain (2.5)', (event) => event['user.email'] === undefined || (event['user.email'] === `${event['user.name'] ?? ''}@${event['user.domain'] ?? ''}`)],
  ['an address of the owner ends in its domain (2.5)', (event) => event['user.target.email'] === undefined || same(event['user.target.domain'], lastPart(event['user.target.email']))],
  ['candidates stand only beside ambiguous (2.6)', (event) => event['vb365.attribution.candidates'] === undefined || event['vb365.attribution.confidence'] === 'ambiguous' || event['vb365.level'] === 'health'],
  ['ambiguous has at least two candidates', (event) => event['vb365.level'] !== 'restore' || event['vb365.attribution.confidence'] !== 'ambiguous' || new Set(event['vb365.attribution.candidates']?.map(fold)).size >= 2],
  ['related.user holds operator and owner and nobody else (2.6)', (event) => {
    const known = new Set([...operatorNames, ...ownerNames, 'vb365.owner.name' as const].map((name) => event[name]));
    return event['related.user']?.every((user) => known.has(user)) ?? true;
  }],
  ['related.* holds nothing twice', (event) => (['related.user', 'related.hosts', 'related.ip'] as const).every((name) => new Set(event[name]).size === (event[name]?.length ?? 0))],
  ['hosts and addresses are all related', (event) => event['vb365.level'] === 'health' || event['vb365.truncated'] !== undefined || ((['source.domain', 'host.name'] as const).every((name) => event[name] === undefined || event['related.hosts']?.includes(event[name]) === true)
    && (['source.ip', 'vb365.client.gateway_ip'] as const).every((name) => event[name] === undefined || event['related.ip']?.includes(event[name]) === true))],
  ['the client is not the gateway', (event) => event['source.ip'] === undefined || event['source.ip'] !== event['vb365.client.gateway_ip']],
  ['code, level, kind and action say the same (1)', (event) => {
    const { 'vb365.level': level, 'event.action': action, 'event.code': code, 'event.kind': kind } = event;
    return code === (level === 'alert' ? 'vb365.alert' : `vb365.${level ?? ''}.${action ?? ''}`) && kind === (level === 'alert' ? 'alert' : level === 'health' ? 'state' : 'event');
  }],
  ['severity as number and as word say the same (5)', (event) => event['event.severity'] === severityNumbers[event['vb365.severity'] ?? 'informational']],
  ['severity is the default of its level and operation (5)', (event) => {
    const { 'vb365.level': level, 'vb365.operation': operation, 'vb365.severity': severity } = event;
    if (level === 'restore') return severity === (operation === 'view' ? 'informational' : 'low');
    return level !== 'activity' || severity === 'informational';
  }],
  ['category and type are those of the action (4.3)', (event) => {
    const { 'event.action': action = '', 'vb365.workload': workload } = event;
    // An item of an unknown workload may be either.
    const expected = [...(workload === undefined || workload === 'exchange' ? [categoriesOf(action, true)] : []), ...(workload === 'exchange' ? [] : [categoriesOf(action, false)])];
    return expected.includes(undefined) || expected.includes(`${event['event.category']?.join() ?? ''} ${event['event.type']?.join() ?? ''}`);
  }],
  ['every type is expected with one of the categories (4.3)', (event) => event['event.type']?.every((type) => event['event.category']?.some((category) => expectedTypes[category]?.includes(type))) ?? true],
  ['outcome follows from the result (4.4)', (event) => event['vb365.result'] === undefined || event['vb365.level'] === 'health' || event['event.outcome'] === outcomeOf(event['vb365.result'])],
  ['operation and action say the same (4.1)', (event) => {
    const stated = /^item-(view|save|export|send|restore)(-start)?$/.exec(event['event.action'] ?? '')?.[1];
    return stated === undefined || event['vb365.operation'] === stated;
  }],
  ['a view has no target, and nothing else has none (4.2)', (event) => event['vb365.target.kind'] === undefined || event['vb365.operation'] === undefined || (event['vb365.operation'] === 'view') === (event['vb365.target.kind'] === 'none')],
  ['the service is that of the workload', (event) => same(event['service.name'], event['vb365.workload'] === undefined ? 'none' : serviceNames[event['vb365.workload']])],
  ['transaction.id is the session', (event) => event['transaction.id'] === event['vb365.session.id']],
  ['a session id says what it is', (event) => (event['vb365.session.id'] === undefined) === (event['vb365.session.kind'] === undefined)],
  ['host.name is the server', (event) => same(event['host.name'], event['observer.hostname'])],
  ['an item with a subject or file name has a name', (event) => (event['email.subject'] === undefined && event['file.name'] === undefined) || event['vb365.item.name'] !== undefined],
  ['an item is a message or a file', (event) => event['email.subject'] === undefined || event['file.name'] === undefined],
  ['an end is not before its start, and the duration lies between', (event) => {
    const { 'event.start': start, 'event.end': end, 'event.duration': duration } = event;
    if (start === undefined || end === undefined) return duration === undefined;
    return end >= start && (duration === undefined || Math.abs(duration - (Date.parse(end) - Date.parse(start)) * 1e6) < 1e6);
  }],
  ['a restore happened when its last activity did', (event) => event['vb365.level'] !== 'restore' || event['@timestamp'] === (event['event.end'] ?? event['event.start'])],
  ['counts of items do not exceed their total', (event) => (event['vb365.restore.items.succeeded'] ?? 0) + (event['vb365.restore.items.failed'] ?? 0) + (event['vb365.restore.items.skipped'] ?? 0) <= (event['vb365.restore.items.total'] ?? Infinity)],
  ['a restore rests on evidence, each once', (event) => event['vb365.level'] !== 'restore' || ((event['vb365.attribution.evidence']?.length ?? 0) > 0 && new Set(event['vb365.attribution.evidence']).size === event['vb365.attribution.evidence']?.length)],
  ['the sentence is one line of at most 1,000 bytes (3)', (event) => event['message'] === undefined || (!/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(event['message']) && Buffer.byteLength(event['message']) <= 1000)],
];
