/** One operation of the page: a line to scan, and beneath it what it rests on and what is missing. */
import type { Event } from '../event.ts';
import { maxItemsUnfolded, maxUnfoldedText } from '../limits.ts';
import type { RaisedRule } from './alerts-beside.ts';
import { confidences, plural } from './counts-text.ts';
import { sourceName, type EvidenceLine } from './evidence.ts';
import type { GapText } from './gap-texts.ts';
import type { RestoreGroup } from './group-restores.ts';
import { escapeHtml, isolated, safeText } from './html-text.ts';
import type { RestoreRow } from './restore-row.ts';
import { sizeText } from './size-text.ts';
import { localTextWithOffset } from './when-text.ts';

export type EvidenceById = ReadonlyMap<string, EvidenceLine>;

/** Columns of the page in their order: class and title; the script sorts by the cells in this order. */
export const htmlColumns: readonly (readonly [className: string, title: string])[] = [
  ['when', 'When'], ['operator', 'Who acted'], ['what', 'What'], ['owner', 'Whose data'], ['from', 'From'], ['to', 'To'], ['result', 'Result'], ['confidence', 'How sure'],
];

const methodSentences: Readonly<Record<string, string>> = {
  'explorer-header': 'The Explorer log that holds this very action names the account it was started by.',
  'rest-initiator': 'The VB365 server states the initiator of the session.',
  'mail-initiator': 'The audit mail states the initiator.',
  'host-item-time': 'Client, item and time of the server’s record fit the launch of an Explorer.',
  'open-session': 'A session of the organisation was open at that time.',
};
const meanings: ReadonlyMap<string, string> = new Map(confidences);

export function htmlEntry({ row, rows, restores }: RestoreGroup, evidence: EvidenceById, zone: string, rules: readonly RaisedRule[] = []): string {
  const cells: Readonly<Record<string, string>> = {
    when: Number.isNaN(row.startMs) ? 'unknown' : `<time datetime="${new Date(row.startMs).toISOString()}">${row.when.replace(' ', ' <span>')}</span></time>`,
    operator: isolated(row.operator), what: `<span class="verb">${row.verb}</span> ${isolated(row.item)}${rules.length === 0 ? '' : ` <span class="flag ${rules[0]?.level ?? ''}">${plural(rules.length, 'alert')}</span>`}`, owner: isolated(row.owner), from: isolated(row.from), to: isolated(row.to),
    result: row.result, confidence: `<span class="badge">${row.confidence === 'organization' ? 'organisation' : row.confidence}</span>`,
  };
  const summary = htmlColumns.map(([name, title]) => `<span class="cell ${name}" data-title="${title}">${cells[name] ?? ''}</span>`).join('');
  const classes = ['entry', row.confidence, ...(row.isNamed ? ['named'] : []), ...(row.result === 'failed' || row.result === 'cancelled' ? ['bad'] : [])];
  return `<details class="${classes.join(' ')}" data-start="${Number.isNaN(row.startMs) ? '' : row.startMs}"><summary>${summary}</summary><div class="body">${body(restores, rows, row, evidence, zone, rules)}</div></details>`;
}

function body(restores: readonly Event[], rows: readonly RestoreRow[], row: RestoreRow, evidence: EvidenceById, zone: string, rules: readonly RaisedRule[]): string {
  const [first] = restores;
  if (first === undefined) return '';
  const ids = restores.map((restore) => restore['vb365.attribution.evidence'] ?? []);
  const shared = (ids[0] ?? []).filter((id) => ids.every((list) => list.includes(id)));
  return [
    facts(first, row, restores.length, zone),
    `<section class="rests"><h3>What it rests on</h3>${evidenceList(shared, evidence, zone)}${restores.length > 1 ? items(rows, ids, new Set(shared), evidence, zone) : ''}</section>`,
    rules.length === 0 ? '' : `<section class="alerts"><h3>What rules say</h3><ul>${rules.map(ruleHtml).join('')}</ul></section>`,
    gapsOf(row.gaps),
  ].join('');
}

function facts(restore: Event, row: RestoreRow, count: number, zone: string): string {
  const method = restore['vb365.attribution.method'];
  const candidates = restore['vb365.attribution.candidates'] ?? [];
  const [host, address, gateway] = [restore['source.domain'] ?? restore['source.address'], restore['source.ip'], restore['vb365.client.gateway_ip']];
  const client = [host, address === host ? undefined : address].filter((part) => part !== undefined).join(', ');
  const restorePoint = Date.parse(restore['vb365.session.restore_point'] ?? '');
  const pairs: readonly (readonly [string, string])[] = [
    ['How sure', `${escapeHtml(row.confidence === 'organization' ? 'organisation' : row.confidence)}: ${meanings.get(row.confidence) ?? ''}.${method === undefined ? '' : ` ${methodSentences[method] ?? safeText(method)}`}`],
    ['Candidates', candidates.length === 0 ? '' : `<ul>${candidates.map((candidate) => `<li>${isolated(candidate)}</li>`).join('')}</ul>`],
    ['Stated initiator', optional(restore['vb365.attribution.reported'])],
    ['From', row.from === 'unknown' ? '' : isolated(row.from, maxUnfoldedText)],
    ['To', isolated(row.to, maxUnfoldedText)],
    ['Size', row.size === undefined ? '' : sizeText(row.size)],
    ['Time', timeRange(row, zone)],
    ['Reason', optional(restore['event.reason'])],
    ['Client', client === '' && gateway === undefined ? '' : `${client === '' ? '' : isolated(client)}${gateway === undefined ? '' : ` through gateway ${isolated(gateway)}`}`],
    ['Organisation', optional(restore['organization.name'])],
    ['Tenant', optional(row.tenant)],
    ['Service', optional(restore['service.name'])],
    ['Restore point', Number.isNaN(restorePoint) ? '' : localTextWithOffset(restorePoint, zone)],
    ['Server', optional(restore['host.name'])],
    ['Sources', (restore['vb365.restore.sources'] ?? []).map((source) => safeText(sourceName(source))).join(', ')],
    [count === 1 ? 'Restore' : 'Operation', count === 1 ? `<code>${safeText(row.id)}</code>, revision ${restore['vb365.restore.revision'] ?? 1}` : `${plural(count, 'restore')}, <code>${safeText(restore['vb365.restore.batch'] ?? '')}</code>`],
  ];
  return `<dl>${pairs.filter(([, value]) => value !== '').map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

function optional(text: string | undefined): string {
  return text === undefined || text === '' ? '' : isolated(text, maxUnfoldedText);
}

function timeRange({ startMs, endMs }: RestoreRow, zone: string): string {
  if (Number.isNaN(startMs)) return '';
  const start = localTextWithOffset(startMs, zone);
  return endMs > startMs ? `${start} to ${localTextWithOffset(endMs, zone)}` : start;
}

function evidenceList(ids: readonly string[], evidence: EvidenceById, zone: string): string {
  if (ids.length === 0) return '';
  return `<ol class="evidence">${ids.map((id) => evidenceItem(id, evidence.get(id), zone)).join('')}</ol>`;
}

function evidenceItem(id: string, line: EvidenceLine | undefined, zone: string): string {
  if (line === undefined) return `<li>Record <code>${safeText(id)}</code> (its text was not kept)</li>`;
  const at = Date.parse(line.at ?? '');
  const place = line.line === undefined ? line.offset === undefined || line.offset === 0 ? '' : `, byte ${line.offset}` : `, line ${line.line}`;
  return `<li><span class="source">${safeText(sourceName(line.kind))}</span>${Number.isNaN(at) ? '' : ` <time datetime="${new Date(at).toISOString()}">${localTextWithOffset(at, zone)}</time>`}`
    + `<p>${isolated(line.sentence, maxUnfoldedText)}</p><p class="file"><bdi>${safeText(line.file, maxUnfoldedText)}</bdi>${place}</p>${line.raw === undefined ? '' : `<pre><bdi>${safeText(line.raw, maxUnfoldedText)}</bdi></pre>`}</li>`;
}

/** Each item of an operation with what is its own. */
function items(rows: readonly RestoreRow[], ids: readonly (readonly string[])[], shared: ReadonlySet<string>, evidence: EvidenceById, zone: string): string {
  const listed = rows.slice(0, maxItemsUnfolded).map((row, at) => {
    const own = (ids[at] ?? []).filter((id) => !shared.has(id));
    const title = `${isolated(row.item)}<span class="of">${row.from === 'unknown' ? '' : isolated(row.from)}${row.size === undefined ? '' : ` · ${sizeText(row.size)}`}</span>`;
    return own.length === 0 ? `<li>${title}</li>` : `<li><details><summary>${title}</summary>${evidenceList(own, evidence, zone)}</details></li>`;
  });
  const more = rows.length - listed.length;
  return `<h3>${plural(rows.length, 'item')}</h3><ul class="items">${listed.join('')}${more > 0 ? `<li>and ${more} more</li>` : ''}</ul>`;
}

function gapsOf(gaps: readonly GapText[]): string {
  if (gaps.length === 0) return '';
  return `<section class="gaps"><h3>What is missing</h3><ul>${gaps.map((gap) => `<li>${gapHtml(gap)}</li>`).join('')}</ul></section>`;
}

/** Level and title of a rule, and what its alert says. */
export function ruleHtml({ level, name, message }: RaisedRule): string {
  return `<li><b class="level ${safeText(level)}">${safeText(level)}</b> ${isolated(name)} <span class="said">${isolated(message, maxUnfoldedText)}</span></li>`;
}

/** Sentence and remedy of a gap. */
export function gapHtml({ code, sentence, remedy }: GapText): string {
  return `${safeText(sentence)}${remedy === undefined ? '' : ` <span class="remedy">${safeText(remedy)}</span>`}${code === sentence ? '' : ` <code>${safeText(code)}</code>`}`;
}
