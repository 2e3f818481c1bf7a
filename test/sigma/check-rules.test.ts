import { expect } from 'chai';
import { readAttackData } from '../../src/sigma/attack-data.ts';
import { checkRules, loadableRules } from '../../src/sigma/check-rules.ts';
import { fieldsKnown } from '../../src/sigma/rule-knowledge.ts';
import { knowledge } from './known-fields.ts';
import { otherId, placesOf, readText, ruleId, ruleText, thirdId } from './rule-text.ts';

const check = (...texts: readonly string[]): readonly string[] => placesOf(checkRules(readText(texts.join('---\n')).rules, knowledge));
const codes = (...texts: readonly string[]): readonly string[] => checkRules(readText(texts.join('---\n')).rules, knowledge).map(({ code }) => code);
const detection = (text: string, service = 'restore'): string => ruleText(`detection: ${text}\nlogsource: {product: vb365, service: ${service}}`);
const one = ruleText('name: one\ntitle: One\ndetection: {s: {vb365.operation: save, user.name|exists: true}, condition: s}');
const two = ruleText(`id: ${otherId}\nname: two\ntitle: Two\ndetection: {s: {vb365.operation: send, user.name: x}, condition: s}`);
const over = (members: string, more = ''): string => ruleText(`id: ${thirdId}\ntitle: Three\ncorrelation: {${members}, timespan: 5m}${more}`);

describe('fields of rules', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['a known one', '{s: {vb365.operation: save}, condition: s}', []],
    ['keywords have none', '{s: [a, b], condition: s}', []],
    ['an unknown one', '{s: {vb365.opration: save}, condition: s}', ['RULE_FIELD_UNKNOWN']],
    ['each unknown one', '{s: {a: b, c: d}, condition: s}', ['RULE_FIELD_UNKNOWN', 'RULE_FIELD_UNKNOWN']],
    ['one of another case', '{s: {User.name: x}, condition: s}', ['RULE_FIELD_UNKNOWN']],
    ['one that is compared with', '{s: {user.name|fieldref: user.mane}, condition: s}', ['RULE_FIELD_UNKNOWN']],
    ['one that other events have', '{s: {vb365.log.lines: 3}, condition: s}', ['RULE_FIELD_UNFED']],
    ['one that nothing produces', '{s: {user.id: x}, condition: s}', ['RULE_FIELD_UNFED']],
    ['a text of digits for a number', "{s: {vb365.items.total: '500'}, condition: s}", []],
    ['a wildcard for a number', "{s: {vb365.items.total: '5*'}, condition: s}", []],
    ['a word for a number', '{s: {vb365.items.total: many}, condition: s}', ['RULE_FIELD_TYPE']],
    ['true for a number', '{s: {vb365.items.total: true}, condition: s}', ['RULE_FIELD_TYPE']],
    ['a comparison of a number', '{s: {vb365.items.total|gte: 500}, condition: s}', []],
    ['a comparison of a fraction', '{s: {vb365.restore.bytes|gte: 0.5}, condition: s}', []],
    ['a comparison of a text', '{s: {user.name|gte: 5}, condition: s}', ['RULE_FIELD_TYPE']],
    ['a number for a text', '{s: {user.name: 5}, condition: s}', []],
    ['true for true or false', '{s: {vb365.context.off_hours: true}, condition: s}', []],
    ["'True' for true or false", "{s: {vb365.context.off_hours: 'True'}, condition: s}", []],
    ['yes for true or false', '{s: {vb365.context.off_hours: yes}, condition: s}', ['RULE_FIELD_TYPE']],
    ['1 for true or false', '{s: {vb365.context.off_hours: 1}, condition: s}', ['RULE_FIELD_TYPE']],
    ['an address', '{s: {source.ip: 192.0.2.1}, condition: s}', []],
    ['part of an address', "{s: {source.ip|startswith: '192.0.2.'}, condition: s}", []],
    ['a network', '{s: {source.ip|cidr: 192.0.2.0/24}, condition: s}', []],
    ['a name for an address', '{s: {source.ip: host1}, condition: s}', ['RULE_FIELD_TYPE']],
    ['a network for a number', '{s: {vb365.items.total|cidr: 192.0.2.0/24}, condition: s}', ['RULE_FIELD_TYPE']],
    ['the hour of a time', "{s: {'@timestamp|hour': 3}, condition: s}", []],
    ['the hour of a text', '{s: {user.name|hour: 3}, condition: s}', ['RULE_FIELD_TYPE']],
    ['a value of a closed list, in any case', '{s: {vb365.operation: SAVE}, condition: s}', []],
    ['a value that is not in it', '{s: {vb365.operation: saved}, condition: s}', ['RULE_FIELD_VALUE']],
    ['an action', '{s: {event.action: item-save}, condition: s}', []],
    ['an action that there is not', '{s: {event.action: item-saved}, condition: s}', ['RULE_FIELD_VALUE']],
    ['null and exists fit everything', '{s: {user.name: null}, t: {vb365.items.total|exists: true}, condition: s or t}', []],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(codes(detection(text))).to.deep.equal(expected); });
  it('the nearest name and value are suggested', () => {
    const [field] = checkRules(readText(detection('{s: {vb365.opration: save}, condition: s}')).rules, knowledge);
    expect([field?.message, field?.remedy]).to.deep.equal(['vb365.opration is no field', 'did you mean vb365.operation?']);
  });
  it('rules of other products may use any field', () => { expect(codes(ruleText('logsource: {product: windows}\ndetection: {s: {Image: x}, condition: s}'))).to.deep.equal(['RULE_LOGSOURCE_UNFED']); });
  it('fields shown and fields of suppress_by', () => { expect(check(ruleText('fields: [user.name, user.nme]\nvb365: {suppress: 1h, suppress_by: [usr.name]}'))).to.deep.equal(['1:21 RULE_FIELD_UNKNOWN', '2:37 RULE_FIELD_UNKNOWN']); });
});

describe('log sources of rules', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ...['restore', 'activity', 'explorer', 'audit_mail', 'rest', 'archiver', 'health', 'alert'].map((service): [string, string, string[]] => [service, `{product: vb365, service: ${service}}`, []]),
    ['without service', '{product: vb365}', []],
    ['without product', '{service: restore}', []],
    ['of another product', '{product: linux}', ['1:22 RULE_LOGSOURCE_UNFED']],
    ['with a category', '{product: vb365, category: file}', ['1:39 RULE_LOGSOURCE_UNFED']],
    ['of a service that there is not', '{product: vb365, service: restores}', ['1:38 RULE_LOGSOURCE_UNFED']],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(check(ruleText(`logsource: ${text}\ndetection: {s: {event.action: item-save}, condition: s}`))).to.deep.equal(expected); });
});

describe('conditions of rules', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['s and not s', '{s: {user.name: x}, condition: s and not s}', ['RULE_CONDITION_ALWAYS']],
    ['s or not s', '{s: {user.name: x}, condition: s or not s}', ['RULE_CONDITION_ALWAYS']],
    ['all of them and none of them', '{s: {user.name: x}, t: {user.domain: d}, condition: all of them and not 1 of them}', ['RULE_CONDITION_ALWAYS']],
    ['two values of one field', '{s: {vb365.operation: save}, t: {vb365.operation: send}, condition: s and t}', ['RULE_CONDITION_ALWAYS']],
    ['two values of one field, one of them shared', '{s: {vb365.operation: [save, send]}, t: {vb365.operation: [send, export]}, condition: s and t}', []],
    ['two values of one field, in another case', '{s: {user.name: ann}, t: {user.name: ANN}, condition: s and t}', []],
    ['two values of a field that has several', '{s: {vb365.context.novelty: host}, t: {vb365.context.novelty: operator}, condition: s and t}', []],
    ['two values joined with or', '{s: {vb365.operation: save}, t: {vb365.operation: send}, condition: s or t}', []],
    ['two values at once of one field', '{s: {user.name|all: [a, b]}, condition: s}', ['RULE_CONDITION_ALWAYS']],
    ['a field that is always there is not', '{s: {event.action|exists: false}, condition: s}', ['RULE_CONDITION_ALWAYS']],
    ['a field that is always there is null', '{s: {event.action: null}, condition: s}', ['RULE_CONDITION_ALWAYS']],
    ['a field that is always there', '{s: {event.action|exists: true}, condition: s}', ['RULE_TOO_BROAD']],
    ['any value of a field that is always there', "{s: {event.action: '*'}, condition: s}", ['RULE_TOO_BROAD']],
    ['the only value of a field', '{s: {event.module: vb365_siem}, condition: s}', ['RULE_TOO_BROAD']],
    ['that beside something that selects', '{s: {event.module: vb365_siem, user.name: x}, condition: s}', []],
    ['a field that may be absent', '{s: {user.name|exists: true}, condition: s}', []],
    ['only negations', '{s: {vb365.operation: save}, condition: not s}', ['RULE_NO_POSITIVE']],
    ['neq alone', '{s: {vb365.operation|neq: save}, condition: s}', ['RULE_NO_POSITIVE']],
    ['neq turned round', '{s: {vb365.operation|neq: save}, condition: not s}', []],
    ['an absent field is something that selects', '{s: {user.name: null}, condition: s}', []],
    ['many identifiers', `{${Array.from({ length: 40 }, (_, index) => `s${index}: {user.name: x${index}}`).join(', ')}, condition: 1 of them}`, []],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(codes(detection(text))).to.deep.equal(expected); });
});

describe('negations over fields that may be absent', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['not a value', '{s: {vb365.operation: save}, t: {user.name: x}, condition: s and not t}', ['1:45 RULE_NEGATES_OPTIONAL_FIELD']],
    ['neq', '{s: {vb365.operation: save, user.name|neq: x}, condition: s}', ['1:40 RULE_NEGATES_OPTIONAL_FIELD']],
    ['with exists beside it', '{s: {vb365.operation: save, user.name|exists: true}, t: {user.name: x}, condition: s and not t}', []],
    ['with another value asked for', "{s: {vb365.operation: save, user.name: 'a*'}, t: {user.name: x}, condition: s and not t}", []],
    ['of a field that is always there', '{s: {user.name: x}, t: {vb365.operation: save}, condition: s and not t}', []],
    ['exists itself', '{s: {vb365.operation: save}, t: {user.name|exists: true}, condition: s and not t}', []],
    ['null itself', '{s: {vb365.operation: save}, t: {user.name: null}, condition: s and not t}', []],
    ['not not', '{s: {vb365.operation: save}, t: {user.name: x}, condition: s and not not t}', []],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(check(detection(text))).to.deep.equal(expected); });
  it('in a filter they are the purpose', () => { expect(codes(one, ruleText(`id: ${otherId}\nfilter: {rules: any, selection: {user.domain: x}, condition: not selection}`))).to.deep.equal([]); });
});

describe('ids, names and titles', () => {
  it('are told where they are used for the second time, and the first rule stays', () => {
    const { rules } = readText([one, ruleText(`name: one\ntitle: one\nid: ${ruleId}`)].join('---\n'));
    const checked = loadableRules(rules, knowledge);
    expect(placesOf(checked.findings)).to.deep.equal(['12:7 RULE_NAME_DUPLICATE', '13:8 RULE_TITLE_DUPLICATE', '14:5 RULE_ID_DUPLICATE']);
    expect(checked.rules.map(({ document }) => document)).to.deep.equal([0]);
  });
  it('of several files, with the file of the first', () => {
    const { rules } = readText(one);
    const [first] = rules;
    const finding = checkRules([...rules, ...first === undefined ? [] : [{ ...first, file: 'other.yml' }]], knowledge).find(({ code }) => code === 'RULE_ID_DUPLICATE');
    expect([finding?.file, finding?.message]).to.deep.equal(['other.yml', `${ruleId} is the id of some_rule_of_ours.yml:1 too`]);
  });
});

describe('correlations and their rules', () => {
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['by name', [one, two, over('type: temporal, rules: [one, two], group-by: [user.name]')], []],
    ['by id', [one, two, over(`type: temporal, rules: [${ruleId}, ${otherId}], group-by: [user.name]`)], []],
    ['one that is not there', [one, over('type: temporal, rules: [one, tow], group-by: [user.name]')], ['RULE_CORRELATION_REFERENCE']],
    ['one that is named in a text', [one, over('type: temporal, group-by: [user.name], condition: one and tow')], ['RULE_CORRELATION_REFERENCE']],
    ['a filter', [one, ruleText(`id: ${otherId}\nname: two\nfilter: {rules: any, selection: {user.domain: x}, condition: not selection}`), over('type: temporal, rules: [one, two], group-by: [user.name]')], ['RULE_CORRELATION_REFERENCE']],
    ['a rule that is refused', [ruleText('name: one\ntitle: One\ndetection: {s: {user.nmae: x}, condition: s}'), over('type: temporal, rules: [one]')], ['RULE_FIELD_UNKNOWN', 'RULE_CORRELATION_REFERENCE']],
    ['itself', [over('type: temporal, rules: [three], group-by: [user.name]', '\nname: three')], ['RULE_CORRELATION_CYCLE']],
    ['each other', [ruleText(`id: ${otherId}\nname: two\ntitle: Two\ncorrelation: {type: temporal, rules: [three], timespan: 5m}`), over('type: temporal, rules: [two]', '\nname: three')], ['RULE_CORRELATION_CYCLE', 'RULE_CORRELATION_CYCLE']],
    ['a circle that it is not part of', [ruleText(`id: ${otherId}\nname: two\ntitle: Two\ncorrelation: {type: temporal, rules: [two], timespan: 5m}`), over('type: temporal, rules: [two]', '\nname: three')], ['RULE_CORRELATION_CYCLE', 'RULE_CORRELATION_REFERENCE']],
    ['an alias for each', [one, two, over('type: temporal, rules: [one, two], group-by: [who], aliases: {who: {one: user.name, two: user.name}}')], []],
    ['an alias for each, of rules named by id', [one, two, over(`type: temporal, rules: [${ruleId}, two], group-by: [who], aliases: {who: {one: user.name, two: user.name}}`)], []],
    ['an alias that leaves one out', [one, two, over('type: temporal, rules: [one, two], group-by: [who], aliases: {who: {one: user.name}}')], ['RULE_ALIAS_INCOMPLETE']],
    ['an alias for a stranger', [one, over('type: temporal, rules: [one], group-by: [who], aliases: {who: {one: user.name, two: user.name}}')], ['RULE_ALIAS_INCOMPLETE']],
    ['an alias to an unknown field', [one, over('type: temporal, rules: [one], group-by: [who], aliases: {who: {one: user.nmae}}')], ['RULE_FIELD_UNKNOWN']],
    ['an unknown field to group by', [one, over('type: temporal, rules: [one], group-by: [usr.name]')], ['RULE_FIELD_UNKNOWN']],
    ['an unknown field to count', [one, over('type: value_count, rules: [one], group-by: [user.name], condition: {field: vb365.restor.id, gte: 2}')], ['RULE_FIELD_UNKNOWN']],
    ['restores counted by id', [one, over('type: value_count, rules: [one], group-by: [user.name], condition: {field: vb365.restore.id, gte: 2}')], []],
    ['restores counted by events', [one, over('type: event_count, rules: [one], group-by: [user.name], condition: {gte: 2}')], ['RULE_COUNTS_RESTORES']],
    ['a sum of numbers', [one, over('type: value_sum, rules: [one], group-by: [user.name], condition: {field: vb365.items.total, gte: 2}')], []],
    ['a sum of texts', [one, over('type: value_sum, rules: [one], group-by: [user.name], condition: {field: user.name, gte: 2}')], ['RULE_CORRELATION_FIELD']],
    ['the percentile of a text', [one, over('type: value_percentile, rules: [one], group-by: [user.name], condition: {field: user.name, gte: 1}')], ['RULE_CORRELATION_FIELD']],
    ['a group by a field that is not always there', [one, over('type: temporal, rules: [one], group-by: [user.domain]')], ['RULE_GROUP_BY_OPTIONAL']],
    ['a group by a field that is always there', [one, over('type: temporal, rules: [one], group-by: [vb365.restore.id]')], []],
    ['a provider rule over names of items', [one, over('type: temporal, rules: [one], group-by: [vb365.item.name]', '\nvb365: {scope: provider}')], ['RULE_GROUP_BY_OPTIONAL', 'RULE_PROVIDER_SCOPE_CONTENT']],
    ['a provider rule over operators', [one, over('type: temporal, rules: [one], group-by: [user.name]', '\nvb365: {scope: provider}')], []],
  ];
  for (const [name, texts, expected] of rows) it(name, () => { expect(codes(...texts)).to.deep.equal(expected); });

  const chain = (length: number): readonly string[] => Array.from({ length }, (_, index) => (
    ruleText(`id: ${otherId.slice(0, -2)}${String(index).padStart(2, '0')}\nname: c${index}\ntitle: C${index}\ncorrelation: {type: temporal, rules: [${index === 0 ? 'one' : `c${index - 1}`}], group-by: [user.name], timespan: 5m}`)));
  it('five links are a chain, six are too many', () => {
    expect(codes(one, ...chain(5))).to.deep.equal([]);
    expect(codes(one, ...chain(6))).to.deep.equal(['RULE_CORRELATION_DEPTH']);
  });
  it('chains of any length and width end', () => {
    const wide = Array.from({ length: 60 }, (_, index) => (
      ruleText(`id: ${otherId.slice(0, -2)}${String(index).padStart(2, '0')}\nname: c${index}\ntitle: C${index}\ncorrelation: {type: temporal, rules: [${['one', ...Array.from({ length: Math.min(index, 20) }, (_unused, back) => `c${index - 1 - back}`)].join(', ')}], group-by: [user.name], timespan: 5m}`)));
    expect(codes(one, ...wide).filter((code) => code !== 'RULE_CORRELATION_REFERENCE')).to.deep.equal(Array.from({ length: 55 }, () => 'RULE_CORRELATION_DEPTH'));
  });
});

describe('filters and their rules', () => {
  const filter = (rules: string, source = 'restore'): string => ruleText(`id: ${thirdId}\ntitle: Filter\nfilter: {rules: ${rules}, selection: {event.action: item-save}, condition: not selection}\nlogsource: {product: vb365, service: ${source}}`);
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['one that is there', [one, filter('[one]')], []],
    ['any', [one, filter('any')], []],
    ['one that is not there', [one, filter('[oen]')], ['RULE_FILTER_REFERENCE']],
    ['a correlation', [one, ruleText(`id: ${otherId}\nname: two\ntitle: Two\ncorrelation: {type: temporal, rules: [one], group-by: [user.name], timespan: 5m}`), filter('[two]')], ['RULE_FILTER_REFERENCE']],
    ['none of the log source', [one, filter('any', 'health')], ['RULE_FILTER_UNUSED']],
    ['one of another log source', [one, filter('[one]', 'health')], ['RULE_FILTER_UNUSED']],
  ];
  for (const [name, texts, expected] of rows) it(name, () => { expect(codes(...texts)).to.deep.equal(expected); });
});

describe('placeholders of rules', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['one that is defined', "{s: {user.name|expand: '%legal_hold%'}, condition: s}", []],
    ['one that is not', "{s: {user.name|expand: '%legal_holds%'}, condition: s}", ['RULE_PLACEHOLDER_UNDEFINED']],
    ['inside an expression', "{s: {user.name|re|expand: '^%nobody%$'}, condition: s}", ['RULE_PLACEHOLDER_UNDEFINED']],
    ['twice in one item', "{s: {user.name|expand: ['%nobody%', 'a%nobody%']}, condition: s}", ['RULE_PLACEHOLDER_UNDEFINED']],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(codes(detection(text))).to.deep.equal(expected); });
  it('are not checked where the configuration is not known', () => {
    const { rules } = readText(detection("{s: {user.name|expand: '%nobody%'}, condition: s}"));
    expect(checkRules(rules, { fields: knowledge.fields })).to.deep.equal([]);
  });
});

describe('tags of ATT&CK', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['a technique and its tactic', 'attack.t1048, attack.exfiltration', []],
    ['a technique that there is not', 'attack.t1049', ['RULE_ATTACK_UNKNOWN']],
    ['a tactic that there is not', 'attack.t1048, attack.exfiltrations', ['RULE_ATTACK_UNKNOWN']],
    ['a technique that was replaced', 'attack.t1562, attack.defense-evasion', ['RULE_ATTACK_REVOKED']],
    ['its successor', 'attack.t1685, attack.defense-impairment', []],
    ['a tactic of none of them', 'attack.t1048, attack.collection', ['RULE_TACTIC_WITHOUT_TECHNIQUE']],
    ['a tactic alone', 'attack.collection', ['RULE_TACTIC_WITHOUT_TECHNIQUE']],
    ['groups and software are not looked up', 'attack.g0016, attack.s0154', []],
  ];
  for (const [name, tags, expected] of rows) it(name, () => { expect(codes(ruleText(`tags: [${tags}]`))).to.deep.equal(expected); });
  it('come from a file of two versions', () => {
    const attack = readAttackData({
      tactics: [{ id: 'TA0010', name: 'exfiltration' }, { id: 'TA0005', previous: 'defense-evasion', current: 'stealth' }, 'x'],
      techniques: [{ id: 'T1048', name: 'E', tactics: ['exfiltration'] }, { id: 'T1006', name: 'D', previous: ['defense-evasion'], current: ['stealth'] }, { name: 'no id' }],
      replaced: { 'T1562.001': 'T1685', T1: ['T2', 'T3'] },
    });
    expect([...attack.tactics]).to.deep.equal(['exfiltration', 'defense-evasion', 'stealth']);
    expect([...attack.techniques]).to.deep.equal([['t1048', { tactics: ['exfiltration'] }], ['t1006', { tactics: ['defense-evasion', 'stealth'] }]]);
    expect([...attack.replaced]).to.deep.equal([['t1562.001', ['t1685']], ['t1', ['t2', 't3']]]);
    expect(readAttackData(null).techniques.size).to.equal(0);
  });
});

describe('hostile rules beside each other', () => {
  it('names are suggested for the first hundred, findings of one rule are a hundred', () => {
    const items = Array.from({ length: 5_000 }, (_, index) => `user.nam${index % 10}${index}: x`).join(', ');
    const findings = checkRules(readText(ruleText(`detection: {s: {user.nme: x, ${items}}, condition: s}`)).rules, knowledge);
    expect(findings).to.have.length(100);
    expect(findings[0]?.remedy).to.equal('did you mean user.name?');
  });
  it('an error behind a hundred warnings is listed, because it refuses the rule', () => {
    const unfed = Array.from({ length: 150 }, (_, index) => `s${index}: {user.id: x}`).join(', ');
    expect(codes(detection(`{${unfed}, z: {user.nme: x}, condition: 1 of them}`)).filter((code) => code === 'RULE_FIELD_UNKNOWN')).to.have.length(1);
  });
});

describe('the field table as rules see it', () => {
  it('types, lists, levels, what is produced, closed lists', () => {
    expect([...fieldsKnown([{ name: 'event.action', type: 'keyword', levels: 'A' }, { name: 'x', type: 'long', list: true, levels: 'a', later: true, allowed: [1, 2] }], ['item-save'])]).to.deep.equal([
      ['event.action', { type: 'keyword', isList: false, levels: 'A', isFed: true, allowed: ['item-save'] }], ['x', { type: 'long', isList: true, levels: 'a', isFed: false, allowed: ['1', '2'] }],
    ]);
  });
});
