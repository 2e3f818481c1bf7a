/** One bad configuration for each code; its first line says where it is wrong and why. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { problemCodes } from '../../src/errors.ts';
import { runCommand } from '../cli/run-command.ts';

const folder = resolve('test/bad/config');
const files = readdirSync(folder);
const expectedOf = (file: string): string => (readFileSync(join(folder, file), 'utf8').split('\n')[0] ?? '').slice(2);

describe('bad configurations', () => {
  for (const file of files) {
    it(`${file}: ${expectedOf(file)}`, async () => {
      const { code, stdout, stderr } = await runCommand(['config', 'check', join(folder, file)]);
      expect([code, stdout]).to.deep.equal([2, '']);
      const problems = stderr.split('\n').filter((line) => line.startsWith(`${join(folder, file)}:`) && / config-/.test(line));
      expect(problems.map((line) => line.slice(join(folder, file).length + 1).split(' ').slice(0, 2).join(' '))).to.deep.equal([expectedOf(file)]);
      expect(stderr).to.match(/\n +\^\n {2}= \S/);
      expect(stderr).to.not.include('Winter2026!');
    });
    it(`${file}: replay reads nothing with it`, async () => {
      const { code, stdout } = await runCommand(['replay', 'test/samples', '-c', join(folder, file)]);
      expect([code, stdout]).to.deep.equal([2, '']);
    });
  }
  it('every code of configurations has one', () => {
    expect([...new Set(files.map((file) => expectedOf(file).split(' ')[1]))].sort()).to.deep.equal(Object.keys(problemCodes).filter((code) => code.startsWith('config-')).sort());
  });
});
