import { readFileSync } from 'node:fs';
import type { Activity, RestEventFacts, RestSessionFacts } from '../../../src/event.ts';
import type { DocumentInput, DocumentResult } from '../../../parsers/contract.ts';
import { rest } from '../../../parsers/rest/rest.ts';

type Options = Partial<Pick<DocumentInput, 'file' | 'organizations' | 'source'>>;

/** What the parser says of text, bytes, or of a value written as JSON. */
export async function readAnswer(answer: unknown, options: Options = {}): Promise<DocumentResult> {
  const bytes = answer instanceof Uint8Array ? answer : Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer));
  return rest.parse({ file: 'answer.json', source: { id: 'test' }, organizations: new Set(), ...options, bytes });
}

export async function readSample(name: string): Promise<DocumentResult> {
  return readAnswer(readFileSync(new URL(`../../samples/${name}`, import.meta.url)), { file: name });
}

export const sessionId = '8e3ff74e-1b53-5ad0-97c0-938f143a870d';

/** A page of events as the product writes it. */
export function eventsPage(results: readonly unknown[], href = `/v6/restoresessions/${sessionId}/events?offset=0&limit=30`): Record<string, unknown> {
  return { offset: 0, limit: 30, _links: { self: { href } }, results };
}

export function anEvent(members: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    itemName: 'Budget', itemType: 'IPM.Note', itemSizeBytes: 2048, source: 'Mere Tamihana\\Inbox', target: 'C:\\Exports', id: '561711ec-67b5-5118-b2c4-37ff0a0c55c0',
    type: 'Save', status: 'Success', startTime: '2022-05-02T22:17:03.5017722Z', endTime: '2022-05-02T22:17:06.0912031Z', duration: '00:00:02.5894309',
    title: 'Item successfully exported to: C:\\Exports\\Budget.msg.', message: 'Item Budget was saved successfully (type: IPM.Note; source: Mere Tamihana\\Inbox; target: C:\\Exports)', order: 2, ...members,
  };
}

export function aSession(members: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: sessionId, name: 'Exchange restore (Entire organization - 2/05/2022 10:00:00 PM)', organization: 'contoso.onmicrosoft.example', type: 'Vex',
    creationTime: '2022-05-02T22:14:58.331120Z', endTime: '2022-05-02T22:26:11.0841193Z', state: 'Stopped', result: 'Success',
    initiatedBy: 'CONTOSO\\aroha.ngata', scopeName: '', clientHost: 'CONTADM01', ...members,
  };
}

export function eventFacts(activity: Activity | undefined): RestEventFacts {
  if (activity?.facts.kind !== 'rest-event') throw new Error('no REST event');
  return activity.facts;
}
export function sessionFacts(activity: Activity | undefined): RestSessionFacts {
  if (activity?.facts.kind !== 'rest-session') throw new Error('no REST session');
  return activity.facts;
}
