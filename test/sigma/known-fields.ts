/** A few fields, placeholders and techniques, for tests of what is checked against them. */
import { fieldsKnown, type RuleKnowledge } from '../../src/sigma/rule-knowledge.ts';

export const knowledge: RuleKnowledge = {
  fields: fieldsKnown([
    { name: '@timestamp', type: 'date', levels: 'ARLH' },
    { name: 'event.action', type: 'keyword', levels: 'ARLH' },
    { name: 'event.module', type: 'keyword', levels: 'ARLH', allowed: ['vb365_siem'] },
    { name: 'vb365.operation', type: 'keyword', levels: 'aR', allowed: ['view', 'save', 'export', 'send', 'restore'] },
    { name: 'user.name', type: 'keyword', levels: 'arl' },
    { name: 'user.domain', type: 'keyword', levels: 'arl' },
    { name: 'user.id', type: 'keyword', levels: 'arl', later: true },
    { name: 'source.ip', type: 'ip', levels: 'ar' },
    { name: 'vb365.items.total', type: 'long', levels: 'r' },
    { name: 'vb365.restore.bytes', type: 'float', levels: 'r' },
    { name: 'vb365.restore.id', type: 'keyword', levels: 'R' },
    { name: 'vb365.item.name', type: 'keyword', levels: 'ar' },
    { name: 'vb365.context.off_hours', type: 'boolean', levels: 'r' },
    { name: 'vb365.context.novelty', type: 'keyword', list: true, levels: 'r' },
    { name: 'vb365.log.lines', type: 'long', levels: 'h' },
  ], ['item-save', 'item-export', 'log-gap']),
  placeholders: new Set(['legal_hold', 'sensitive_terms']),
  attack: {
    tactics: new Set(['exfiltration', 'collection', 'defense-evasion', 'defense-impairment']),
    techniques: new Map([['t1048', { tactics: ['exfiltration'] }], ['t1119', { tactics: ['collection'] }], ['t1562', { tactics: ['defense-evasion'] }], ['t1685', { tactics: ['defense-impairment'] }]]),
    replaced: new Map([['t1562', ['t1685']]]),
  },
};
