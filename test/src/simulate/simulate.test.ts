import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { defaultWorldOptions, simulate } from '../../../src/simulate/simulate.ts';
import { trapNames } from '../../../src/simulate/traps.ts';
import type { WorldFile } from '../../../src/simulate/file.ts';
import { builtInCatalogues } from '../../../src/cli/built-in-catalogues.ts';
import { printMessage } from '../../../src/parse/print-message.ts';

const print = printMessage(builtInCatalogues());

// formats/explorer-archiver-logs.md 2.7, word for word
const BRACKETED = /^\[(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?\] {0,8}(\d{1,6}) \((\d{1,10})\)(?: ( *)(.*))?$/s;
const CULTURE = /^(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})\.?,? (?:([^\d\s()[\]]{1,12}) )?(\d{1,2})[:.](\d{2})[:.](\d{2})(?: ?([^\s\d()[\]][^\d()[\]]{0,15}?))? {1,8}(\d{1,6}) \((\d{1,10})\)(?: ( *)(.*))?$/s;

function bytesOf(file: WorldFile): Buffer {
  return Buffer.concat([...file.chunks()]);
}
function world(seed: number, chaos: boolean, lines = 0, restores = 40): ReturnType<typeof simulate> {
  return simulate({ ...defaultWorldOptions, seed, chaos, lines, restores }, print);
}
function digest(seed: number, chaos: boolean): string {
  const hash = createHash('sha256');
  for (const file of world(seed, chaos, 20_000).files()) hash.update(file.path).update(bytesOf(file));
  return hash.digest('hex');
}
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

describe('simulate', () => {
  for (const chaos of [false, true]) {
    it(`gives the same bytes for the same seed, others for another (chaos ${chaos})`, () => {
      expect(digest(4, chaos)).to.equal(digest(4, chaos));
      expect(digest(4, chaos)).not.to.equal(digest(5, chaos));
    });

    it(`gives every file a path of its own (chaos ${chaos})`, () => {
      for (let seed = 0; seed < 10; seed += 1) {
        const paths = [...world(seed, chaos).files()].map(({ path }) => path.toLowerCase());
        expect(paths.filter((path, index) => paths.indexOf(path) !== index)).to.deep.equal([]);
      }
    });

    it(`plays every trap (chaos ${chaos})`, () => {
      for (let seed = 0; seed < 10; seed += 1) {
        const played = new Set(world(seed, chaos).truth.actions.map(({ trap }) => trap));
        expect(trapNames.filter((name) => !played.has(name)), `seed ${seed}`).to.deep.equal([]);
      }
    });
  }

  it('writes only lines that the format expressions know, and stack traces', () => {
    for (let seed = 0; seed < 6; seed += 1) for (const file of world(seed, false).files()) {
      if (!file.path.endsWith('.log')) continue;
      const lines = textOf(bytesOf(file)).replace(/^\ufeff/, '').split('\r\n');
      const isTail = /rest of rolled|_2\.log$/.test(file.path);
      const first = isTail ? 1 : 0;
      let afterStack = false;
      lines.slice(first, -1).forEach((line) => {
        const plain = line.slice(0, 48).replace(/[\u00a0\u202f]/g, ' ') + line.slice(48);
        const match = BRACKETED.exec(plain) ?? CULTURE.exec(plain);
        if (match === null) expect(afterStack, `${file.path}: ${line}`).to.equal(true);
        else afterStack = /\) *$/.test(line) || / Stack:$/.test(line);
      });
      // the last element is what follows the last line end: nothing, but for a file that was rolled inside a line
      if (lines.at(-1) !== '') expect([...world(seed, false).files()].some(({ path }) => path === file.path.replace(/\.log$/, '_2.log')), file.path).to.equal(true);
    }
  });

  const traps: readonly { readonly trap: string; readonly classes: readonly string[] }[] = [
    { trap: 'two-operators-one-host', classes: ['named'] }, { trap: 'two-operators-no-path', classes: ['ambiguous'] }, { trap: 'unseen-operator', classes: ['organization'] }, { trap: 'deleted-log', classes: ['organization'] },
    { trap: 'forged-subject', classes: ['named'] }, { trap: 'clock-change-back', classes: ['named'] }, { trap: 'clock-change-forward', classes: ['named'] }, { trap: 'shared-account', classes: ['named'] }, { trap: 'service-account', classes: ['organization'] },
    { trap: 'application-account', classes: ['organization'] }, { trap: 'provider-technician', classes: ['named'] }, { trap: 'rotated-proven', classes: ['named'] }, { trap: 'rotated-unproven', classes: ['organization'] },
    { trap: 'two-organizations', classes: ['named'] }, { trap: 'default-logging', classes: ['named'] }, { trap: 'identical-mails', classes: ['named'] }, { trap: 'other-profile', classes: ['named'] },
  ];
  for (const { trap, classes } of traps) it(`expects ${classes.join()} of ${trap}`, () => {
    for (let seed = 0; seed < 5; seed += 1) {
      const actions = world(seed, false).truth.actions.filter((action) => action.trap === trap);
      expect(new Set(actions.map((action) => action.expect.class))).to.deep.equal(new Set(classes));
    }
  });

  it('lets two people save one item within seconds, told apart by nothing but the number in the file name', () => {
    const [a, b] = world(3, false).truth.actions.filter(({ trap }) => trap === 'two-operators-one-host');
    expect(a?.item.name).to.equal(b?.item.name);
    expect(a?.operator.account).not.to.equal(b?.operator.account);
    expect(b?.item.file).to.equal(a?.item.file?.replace(/\.msg$/, '1.msg'));
    expect(Math.abs(Date.parse(a?.at ?? '') - Date.parse(b?.at ?? ''))).to.be.below(5_000);
  });

  it('keeps the name of whoever was not collected out of every file', () => {
    const { truth, files } = world(2, false);
    const seen = [...files()].filter(({ path }) => path !== 'truth.json').map((file) => textOf(bytesOf(file))).join('\n');
    for (const host of truth.hosts.filter(({ isCollected }) => !isCollected)) expect(seen).not.to.contain(`Server: ${host.name} `);
  });

  it('reaches the lines it was asked for, give or take a tenth', () => {
    let lines = 0;
    for (const file of world(1, false, 50_000).files()) if (file.path.endsWith('.log')) lines += textOf(bytesOf(file)).split('\n').length - 1;
    expect(lines).to.be.within(45_000, 55_000);
  });

  it('writes JSON that parses, with version numbers beyond what JavaScript holds', () => {
    let found = 0;
    for (let seed = 0; seed < 12; seed += 1) for (const file of world(seed, false, 0, 10).files()) {
      if (!file.path.endsWith('.json')) continue;
      const text = textOf(bytesOf(file));
      expect(() => JSON.parse(text) as unknown, file.path).not.to.throw();
      if (/"eTag": \d{18}/.test(text)) found += 1;
    }
    expect(found).to.be.above(0);
  });
});
