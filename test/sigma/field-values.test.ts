import { expect } from 'chai';
import { createFieldReader, leafTexts } from '../../src/sigma/field-values.ts';
import { naiveValues } from './naive.ts';

const parsed = (json: string): object => JSON.parse(json) as object;

describe('values of a field', () => {
  const rows: readonly (readonly [string, object, string, readonly unknown[] | undefined])[] = [
    ['flat event, dotted key', { 'user.name': 'ann' }, 'user.name', ['ann']],
    ['flat event, absent', { 'user.name': 'ann' }, 'user.email', undefined],
    ['names are case-sensitive', { 'user.name': 'ann' }, 'User.Name', undefined],
    ['blanks belong to the name', { ' user': 'ann' }, 'user', undefined],
    ['nested', { user: { target: { email: 'a@x' } } }, 'user.target.email', ['a@x']],
    ['partly dotted, the beginning', { 'user.target': { email: 'a@x' } }, 'user.target.email', ['a@x']],
    ['partly dotted, the end', { user: { 'target.email': 'a@x' } }, 'user.target.email', ['a@x']],
    ['literal key wins over the path', { a: { b: 'path' }, 'a.b': 'key' }, 'a.b', ['key']],
    ['longer beginning wins', { a: { 'b.c': 'short' }, 'a.b': { c: 'long' } }, 'a.b.c', ['long']],
    ['a beginning that leads nowhere does not hide another', { 'a.b': { x: 1 }, a: { b: { c: 2 } } }, 'a.b.c', [2]],
    ['a beginning that is a text leads nowhere', { 'a.b': 'text', a: { b: { c: 2 } } }, 'a.b.c', [2]],
    ['a text has no members', { a: 'text' }, 'a.length', undefined],
    ['array at the end', { a: ['x', 'y'] }, 'a', ['x', 'y']],
    ['empty array is present', { a: [] }, 'a', []],
    ['nested arrays are flattened', { a: [['x', ['y']], 'z', []] }, 'a', ['x', 'y', 'z']],
    ['array on the way is mapped over', { a: [{ b: 1 }, { b: [2, 3] }, { c: 4 }, 'text', null] }, 'a.b', [1, 2, 3]],
    ['nested arrays on the way', { a: [[{ b: 1 }], [[{ b: 2 }]]] }, 'a.b', [1, 2]],
    ['array on the way in which nobody has it', { a: [{ c: 4 }, 5] }, 'a.b', undefined],
    ['positions of an array are no members', { a: ['x'] }, 'a.0', undefined],
    ['null is a value', { a: null }, 'a', [null]],
    ['null has no members', { a: null }, 'a.b', undefined],
    ['an object is a value', { a: { b: 1 } }, 'a', [{ b: 1 }]],
    ['__proto__ is absent', { a: 1 }, '__proto__', undefined],
    ['constructor is absent', { a: {} }, 'a.constructor', undefined],
    ['constructor.name is absent', { a: {} }, 'constructor.name', undefined],
    ['__proto__ as an own key', parsed('{"__proto__": {"x": 1}}'), '__proto__.x', [1]],
    ['dots at the ends', { '.a.': 1 }, '.a.', [1]],
    ['an empty part', { a: { '': { b: 1 } } }, 'a..b', [1]],
  ];
  for (const [name, event, field, expected] of rows) {
    it(name, () => {
      expect(createFieldReader(field)(event)).to.deep.equal(expected);
      expect(naiveValues(event, field)).to.deep.equal(expected);
    });
  }
  it('a name with ten thousand dots is looked up as it is written', () => {
    const name = 'a.'.repeat(10_000);
    expect(createFieldReader(name)({ [name]: 1 })).to.deep.equal([1]);
    expect(createFieldReader(name)({ a: {} })).to.equal(undefined);
  });
  it('sixty dots over objects that all lead on end soon', () => {
    const event: Record<string, unknown> = {};
    let inner = event;
    for (let depth = 0; depth < 60; depth += 1) inner = (inner['a'] = {});
    expect(createFieldReader(`${'a.'.repeat(60)}b`)(event)).to.equal(undefined);
  });
  it('an array a hundred thousand deep is flattened', () => {
    let deep: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(createFieldReader('a')({ a: deep })).to.deep.equal(['x']);
    expect(leafTexts({ a: deep })).to.deep.equal(['x']);
  });
});

describe('texts of an event for keywords', () => {
  it('texts and numbers at any depth, in order; no keys, truth values, null', () => {
    expect(leafTexts({ a: 'x', b: { c: [1, { d: 'y' }], key: true }, e: null, f: 1.5e21 })).to.deep.equal(['x', '1', 'y', '1.5e+21']);
  });
});
