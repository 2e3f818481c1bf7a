/**
 * Restores as one page for people: no network access, no inline event handlers, everything from a source escaped, and a content security policy that
 * would stop whatever got through: only the page's own style and script, by their hashes, run.
 */
import { createHash } from 'node:crypto';
import type { Event } from '../event.ts';
import type { AlertsBeside } from './alerts-beside.ts';
import { confidences, countByConfidence, countGaps, plural } from './counts-text.ts';
import { groupRestores } from './group-restores.ts';
import { gapHtml, htmlColumns, htmlEntry, ruleHtml, type EvidenceById } from './html-entry.ts';
import { htmlScript } from './html-script.ts';
import { htmlStyle } from './html-style.ts';
import { escapeHtml, safeText } from './html-text.ts';
import { accountOf, isNamed } from './operator-text.ts';
import { localText } from './when-text.ts';
import { timelineSvg } from './timeline-svg.ts';

export interface HtmlMeta {
  /** IANA zone of the times, known to the runtime; default UTC */
  readonly zone?: string;
  /** what was read and what was asked for, in words: `4 logs, 12 mails · owner “ann”` */
  readonly scope?: string;
  /** when the report was made, in words; left out where output must be reproducible */
  readonly created?: string;
  /** one entry for each item instead of one for each operation */
  readonly all?: boolean;
  /** what rules say of these restores */
  readonly alerts?: AlertsBeside;
}

/** A complete HTML document, UTF-8, ended by a line feed. The same input gives the same bytes. */
export function restoreHtml(restores: readonly Event[], evidence: EvidenceById, meta: HtmlMeta = {}): string {
  const zone = meta.zone ?? 'UTC';
  const groups = groupRestores(restores, zone, meta.all);
  const policy = `default-src 'none'; style-src '${digest(htmlStyle)}'; script-src '${digest(htmlScript)}'; base-uri 'none'; form-action 'none'`;
  return [
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
    `<title>Who restored what</title><style>${htmlStyle}</style></head><body><div class="page">`,
    `<header><h1>Who restored what</h1><p class="lead">${lead(restores, zone, meta)}</p></header><main>`,
    tiles(restores), sureness(restores), timeline(restores, zone), raised(meta.alerts), missing(restores),
    `<div class="tools" hidden><input type="search" aria-label="Filter by any text" placeholder="Filter: name, item, path, client …">${sureSelect()}<button type="button">Unfold all</button><output aria-live="polite"></output></div>`,
    `<div class="list"><div class="head">${htmlColumns.map(([, title]) => `<span>${title}</span>`).join('')}</div>`,
    ...groups.map((group) => htmlEntry(group, evidence, zone, meta.alerts?.of(group.restores))),
    `<p class="empty"${groups.length > 0 ? ' hidden' : ''}>${groups.length > 0 ? 'Nothing fits the filter.' : 'No restores.'}</p></div></main>`,
    `<footer><p class="note">An operator is named only where the evidence allows it; candidates are never named as if they had acted. Times are in ${escapeHtml(zone)}.</p></footer>`,
    `</div><script>${htmlScript}</script></body></html>\n`,
  ].join('\n');
}

function digest(content: string): string {
  return `sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}`;
}

function lead(restores: readonly Event[], zone: string, { scope, created }: HtmlMeta): string {
  const organizations = new Set(restores.map((restore) => restore['organization.name']).filter((name) => name !== undefined));
  const times = restores.map((restore) => Date.parse(restore['event.start'] ?? restore['@timestamp'] ?? '')).filter((ms) => !Number.isNaN(ms));
  const [first, last] = [times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY), times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)];
  const day = (ms: number): string => localText(ms, zone).slice(0, 10);
  const names = [...organizations].slice(0, 3).map((name) => safeText(name, 100)).join(', ');
  return [
    organizations.size === 0 ? '' : organizations.size > 3 ? `${names} and ${organizations.size - 3} more organisations` : names,
    times.length === 0 ? '' : day(first) === day(last) ? day(first) : `${day(first)} to ${day(last)}`,
    `times in ${escapeHtml(zone)}`,
    scope === undefined ? '' : safeText(scope), created === undefined ? '' : `made ${safeText(created)}`,
  ].filter((part) => part !== '').join(' · ');
}

function tiles(restores: readonly Event[]): string {
  const operators = new Set(restores.filter(isNamed).map((restore) => accountOf(restore)?.toLowerCase()));
  const owners = new Set(restores.map((restore) => (restore['user.target.email'] ?? restore['vb365.owner.name'])?.toLowerCase()).filter((name) => name !== undefined));
  const notNamed = restores.filter((restore) => !isNamed(restore)).length;
  const failed = restores.filter((restore) => restore['event.outcome'] === 'failure').length;
  const tile = (name: string, count: number, className = ''): string => `<div${className === '' || count === 0 ? '' : ` class="${className}"`}><dt>${name}</dt><dd>${count}</dd></div>`;
  return `<dl class="tiles">${tile('items acted on', restores.reduce((sum, restore) => sum + (restore['vb365.restore.items.total'] ?? 1), 0))}${tile('accounts named', operators.size)}${tile('owners of the data', owners.size)}${tile('restores without a named account', notNamed, 'warn')}${tile('failed, cancelled or skipped', failed, 'bad')}</dl>`;
}

function sureness(restores: readonly Event[]): string {
  const counts = countByConfidence(restores);
  if (counts.length === 0) return '';
  const meanings = new Map(confidences);
  let x = 0;
  const bars = counts.map(([confidence, count]) => {
    const width = count / restores.length * 100;
    const bar = `<rect class="${confidence}" x="${x.toFixed(3)}" width="${width.toFixed(3)}" y="0" height="2"><title>${confidence} ${count}</title></rect>`;
    x += width;
    return bar;
  });
  const legend = counts.map(([confidence, count]) => `<li><i class="${confidence}"></i><b>${count}</b> ${confidence === 'organization' ? 'organisation' : confidence}: ${meanings.get(confidence) ?? ''}</li>`);
  return `<section class="card"><h2>How sure</h2><svg class="sure" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">${bars.join('')}</svg><ul class="legend">${legend.join('')}</ul></section>`;
}

function timeline(restores: readonly Event[], zone: string): string {
  const svg = timelineSvg(restores, zone);
  return svg === '' ? '' : `<section class="card"><h2>Who acted on which day</h2><div class="scroll" tabindex="0" role="group" aria-label="Timeline">${svg}</div></section>`;
}

function missing(restores: readonly Event[]): string {
  const gaps = countGaps(restores);
  if (gaps.length === 0) return '';
  return `<section class="card"><details class="missing"><summary>What is missing, and what to do about it: ${plural(gaps.length, 'finding')}</summary><ul>${gaps.map(([gap, count]) => `<li><b>${plural(count, 'restore')}:</b> ${gapHtml(gap)}</li>`).join('')}</ul></details></section>`;
}

function raised(alerts: AlertsBeside | undefined): string {
  if (alerts === undefined || alerts.counts.length === 0) return '';
  const counts = alerts.counts.map(([level, count]) => `<b class="level ${level}">${count} ${level}</b>`).join(' ');
  const apart = alerts.apart.length === 0 ? '' : `<p class="soft">Beside the restores below:</p><ul>${alerts.apart.map(ruleHtml).join('')}</ul>`;
  return `<section class="card alerts"><h2>Alerts</h2><p>${counts}</p>${apart}</section>`;
}

function sureSelect(): string {
  const options = [['', 'All'], ['named', 'With a named account'], ['nobody', 'Without a named account'], ...confidences.map(([confidence]) => [confidence, confidence === 'organization' ? 'organisation' : confidence])];
  return `<select aria-label="Filter by how sure">${options.map(([value = '', title = '']) => `<option value="${value}">${title}</option>`).join('')}</select>`;
}
