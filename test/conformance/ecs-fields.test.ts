/** schemas/fields.yml against a release of the Elastic Common Schema: what is marked as ECS is there, with that type. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadFieldTable } from '../../schemas/generate.ts';
import { categorise } from '../../src/text/vocabulary.ts';

interface EcsField { readonly type: string; readonly isList: boolean; readonly allowed: readonly string[] }

const release = '9.4.0';
const ecs = new Map<string, EcsField>(readFileSync(new URL(`ecs-${release}-fields.txt`, import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
  const [name = '', type = '', list = '', ...allowed] = line.split(' ');
  return [name, { type, isList: list === 'list', allowed }];
}));
const { actions, fields } = loadFieldTable();
/** `match_only_text` is `text` without positions; the schema asks for the former, and each stands for the other in a mapping of ours. */
const sameType = (ours: string, theirs: string): boolean => ours === theirs || (ours === 'text' && theirs === 'match_only_text');

describe(`fields of the Elastic Common Schema ${release}`, () => {
  it('is the release that events name', () => {
    expect(fields.find(({ name }) => name === 'ecs.version')?.allowed).to.deep.equal([release]);
  });
  it('the list is whole', () => {
    expect(ecs.get('event.category')?.allowed).to.include.members(['configuration', 'email', 'file', 'iam', 'session']);
    expect(ecs.get('source.ip')).to.deep.equal({ type: 'ip', isList: false, allowed: [] });
  });
  for (const { name, type, list, allowed } of fields.filter((field) => field.ecs === true)) it(`${name} is there as ${type}${list === true ? ', a list' : ''}`, () => {
    const theirs = ecs.get(name);
    expect(theirs, 'in the schema').to.not.equal(undefined);
    expect(sameType(type, theirs?.type ?? ''), theirs?.type).to.equal(true);
    expect(list === true, 'a list').to.equal(theirs?.isList);
    if (theirs?.allowed.length !== 0 && allowed !== undefined) expect(theirs?.allowed).to.include.members([...allowed]);
  });
  it('no field of ours has a name of the schema, and all stand under vb365', () => {
    for (const { name, ecs: isTheirs } of fields) if (isTheirs !== true) {
      expect(ecs.has(name), name).to.equal(false);
      expect(name).to.match(/^vb365\./);
    }
  });
  it('categories and types of every action are allowed', () => {
    for (const action of Object.values(actions).flat()) for (const workload of [undefined, 'exchange', 'onedrive', 'sharepoint', 'teams'] as const) {
      const { category, type } = categorise(action, workload);
      expect(ecs.get('event.category')?.allowed, action).to.include.members([...category]);
      expect(ecs.get('event.type')?.allowed, action).to.include.members([...type]);
    }
  });
});
