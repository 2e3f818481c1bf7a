import { expect } from 'chai';
import { loadCatalogue } from '../../src/parse/catalogue.ts';

const head = 'catalogue: own\nmessages:\n';
const entry = (id: string, template: string, example: string, fields = ''): string => (
  `- id: ${id}\n  template: '${template}'\n  prints: default\n  seen: { component: own, versions: [v1] }\n  evidence: I\n  examples:\n    - text: '${example}'\n${fields === '' ? '' : `      fields: { ${fields} }\n`}`);

const rows: readonly (readonly [name: string, text: string, wanted: readonly (readonly [code: string, line: number, message: RegExp])[]])[] = [
  ['nothing wrong', head + entry('a', 'size {n:size} now', 'size 79,1 KB now', 'n: "79,1 KB"'), []],
  ['YAML that is none', 'catalogue: [', [['catalogue-syntax', 1, /./]]],
  ['a key with a slip', `${head}${entry('a', 'x', 'x')}  activty: y\n`, [['catalogue-syntax', 10, /has no key activty/]]],
  ['an unknown field type', head + entry('a', 'x {n:number}', 'x 1', 'n: "1"'), [['catalogue-template', 4, /no field type number/]]],
  ['two open fields side by side', head + entry('a', 'x {m}{n}', 'x 1', 'm: "1", n: ""'), [['catalogue-template', 4, /text must stand between/]]],
  ['rest before the end', head + entry('a', 'x {m:rest} y', 'x 1 y', 'm: "1"'), [['catalogue-template', 4, /must be the last field/]]],
  ['nothing but a field', head + entry('a', '{m}', 'x', 'm: x'), [['catalogue-template', 4, /no text of its own/]]],
  ['an example of something else', head + entry('a', 'x', 'y'), [['catalogue-example', 9, /does not match/]]],
  ['a wrong value and an unknown field', head + entry('a', 'x {m}', 'x 1', 'm: "2", z: "1"'), [['catalogue-example', 9, /no field z/], ['catalogue-example', 9, /m gets "1", not "2"/]]],
  ['two templates for one example', head + entry('a', 'x {m}', 'x 1', 'm: "1"') + entry('b', 'x {n:count}', 'x 2', 'n: "2"'), [['catalogue-overlap', 9, /by b/], ['catalogue-overlap', 17, /by a/]]],
  ['one id twice', head + entry('a', 'x', 'x') + entry('a', 'y', 'y'), [['catalogue-template', 10, /used twice/]]],
];

describe('loadCatalogue', () => {
  for (const [name, text, wanted] of rows) {
    it(name, () => {
      const result = loadCatalogue(text, 'own/messages.yml');
      const problems = 'problems' in result ? result.problems : [];
      expect(problems.map(({ code, line }) => [code, line])).to.deep.equal(wanted.map(([code, line]) => [code, line]));
      for (const [index, [, , message]] of wanted.entries()) expect(problems[index]?.message).to.match(message);
    });
  }
});
