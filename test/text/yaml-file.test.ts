import { expect } from 'chai';
import { readYamlFile, type YamlNode } from '../../src/text/yaml-document.ts';

const roots = (text: string): readonly YamlNode[] => readYamlFile(text).documents.map(({ root }) => root);
const faults = (text: string): readonly string[] => readYamlFile(text).documents.flatMap((document) => document.faults.map(({ line, column, kind }) => `${line}:${column} ${kind}`));
const valueOf = (text: string): unknown => {
  const [root] = roots(text);
  const node = root?.kind === 'map' ? root.entries[0]?.value : undefined;
  return node?.kind === 'scalar' ? [node.value, node.source, node.isPlain] : node?.kind;
};

describe('files of YAML documents', () => {
  it('keep the place of every key and value', () => {
    const [first, second] = roots('a: 1\n---\n  "b":\n    - x\n    - {c: d}\n');
    expect(first).to.deep.include({ kind: 'map', at: { line: 1, column: 1, offset: 0 } });
    const list = second?.kind === 'map' ? second.entries[0] : undefined;
    expect([list?.key, list?.value.at]).to.deep.equal([{ text: 'b', isPlain: false, at: { line: 3, column: 3, offset: 11 } }, { line: 4, column: 5, offset: 20 }]);
    expect(list?.value.kind === 'list' ? list.value.items.map(({ at }) => [at.line, at.column]) : []).to.deep.equal([[4, 7], [5, 7]]);
  });

  const scalars: readonly (readonly [string, string, unknown])[] = [
    ['a number keeps its source', 'a: 017', [17, '017', true]], ['a quoted number is a text', "a: '017'", ['017', '017', false]], ['octal', 'a: 0o17', [15, '0o17', true]], ['yes is a text', 'a: yes', ['yes', 'yes', true]],
    ['true', 'a: True', [true, 'True', true]], ['null', 'a: ~', [null, '~', true]], ['nothing', 'a:', [null, '', true]], ['a date is a text', 'a: 2024-01-01', ['2024-01-01', '2024-01-01', true]], ['a block', 'a: |\n  x\n', ['x\n', 'x\n', false]],
    ['a directive of another version changes nothing', '%YAML 1.1\n---\na: yes', ['yes', 'yes', true]], ['a known tag of the core schema', 'a: !!str 5', ['5', '5', true]],
  ];
  for (const [name, text, expected] of scalars) it(name, () => { expect(valueOf(text)).to.deep.equal(expected); });

  const wrong: readonly (readonly [string, string, readonly string[]])[] = [
    ['a key twice', 'a: 1\nb: 2\na: 3', ['3:1 duplicate']], ['a number and a text as one key', '1: a\n"1": b', ['2:1 duplicate']], ['an alias', 'a: &x 1\nb: *x', ['2:4 limit']], ['a tag', 'a: !x 1', ['1:4 syntax']],
    ['a tag of YAML 1.1', 'a: !!timestamp 2024-01-01', ['1:4 syntax']], ['a set', '!!set {a}', ['1:1 syntax']], ['a list as a key', '? [a]\n: b', ['1:3 syntax']],
  ];
  for (const [name, text, expected] of wrong) it(name, () => { expect(faults(text)).to.deep.equal(expected); });

  it('say where a character of a value stands', () => {
    const place = (text: string, index: number): string => {
      const [root] = roots(text);
      const node = root?.kind === 'map' ? root.entries[0]?.value : undefined;
      const at = node?.kind === 'scalar' ? node.locate(index) : { line: 0, column: 0 };
      return `${at.line}:${at.column}`;
    };
    expect(place('a: bcd', 0)).to.equal('1:4');
    expect(place('a: bcd', 2)).to.equal('1:6');
    expect(place('a: bcd', 3)).to.equal('1:7');
    expect(place("a: 'b d'", 2)).to.equal('1:7');
    expect(place('a: |\n    bcd\n      e', 0)).to.equal('2:5');
    expect(place('a: |\n    bcd\n      e', 6)).to.equal('3:7');
    expect(place('a: >-\n  b\n  c', 2)).to.equal('3:3');
    expect(place('a: b\n  c', 2)).to.equal('2:3');
  });

  it('keep their comments, and no text that looks like one', () => {
    const { comments } = readYamlFile("# one\na: 'x # no' # two\nb: |\n  # no\nc: d#no\n");
    expect(comments.map(({ text, line, column, isAlone }) => [text, line, column, isAlone])).to.deep.equal([['# one', 1, 1, true], ['# two', 2, 13, false]]);
  });
  it('a map that fills the largest file is read', () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `k${index.toString(36)}:`).join('\n');
    const [root] = roots(text);
    expect(root?.kind === 'map' ? root.entries.length : 0).to.equal(30_000);
  });
});
