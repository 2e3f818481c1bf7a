import { expect } from 'chai';
import { flatEvent } from '../../src/text/flat-event.ts';

/** JSON as it comes, and the fields that it is. */
const rows: readonly (readonly [name: string, json: string, fields: object])[] = [
  ['nested', '{"user":{"name":"ann"},"vb365":{"restore":{"items":{"total":2}}}}', { 'user.name': 'ann', 'vb365.restore.items.total': 2 }],
  ['dotted', '{"user.name":"ann"}', { 'user.name': 'ann' }],
  ['both', '{"user":{"target.email":"b@x.example"},"user.name":"ann"}', { 'user.target.email': 'b@x.example', 'user.name': 'ann' }],
  ['lists stay lists, one value becomes one', '{"vb365":{"context":{"novelty":"operator-host","owner_groups":["a","b"]}}}', { 'vb365.context.novelty': ['operator-host'], 'vb365.context.owner_groups': ['a', 'b'] }],
  ['truth', '{"vb365":{"context":{"off_hours":true,"operator_is_owner":"true"}}}', { 'vb365.context.off_hours': true }],
  ['numbers are no texts, texts no numbers', '{"vb365":{"item":{"size":"5","name":5}}}', { 'vb365.item.name': '5' }],
  ['what is no field', '{"user":{"nam":"ann"},"constructor":{"name":"x"},"__proto__":{"user.name":"x"}}', {}],
  ['null and objects', '{"user":{"name":null},"vb365":{"item":{"name":{"a":1}},"context":{"owner_groups":[null,{"a":1},1]}}}', { 'vb365.context.owner_groups': ['1'] }],
];

describe('flat-event', () => {
  for (const [name, json, fields] of rows) it(name, () => { expect(flatEvent(JSON.parse(json) as object)).to.deep.equal(fields); });
  it('a nest deeper than any event ends', () => {
    expect(flatEvent(JSON.parse(`${'{"a":'.repeat(5_000)}{}${'}'.repeat(5_000)}`) as object)).to.deep.equal({});
  });
});
