/** The README shows what the program prints, and its tables are those of the code. */
import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { problemCodes } from '../src/errors.ts';
import { runCommand } from './cli/run-command.ts';

const readme = readFileSync('README.md', 'utf8');
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> };

function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section.split('\n').filter((line) => line.startsWith('| ')).slice(1).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replace(/^`|`$/g, '')));
}

describe('README', () => {
  it('shows scenes that the demonstration prints', async function () {
    this.timeout(60_000);
    const { code, stdout } = await runCommand(['demo']);
    expect(code).to.equal(0);
    const shown = readme.split('```')[1]?.trim().split('\n\n') ?? [];
    expect(shown).to.have.length(4);
    for (const part of shown) expect(stdout).to.include(part.trim());
  });

  it('lists every problem code with its meaning, and no other', () => {
    expect(Object.fromEntries(tableUnder('Problems and their codes'))).to.deep.equal(problemCodes);
  });

  it('gives a reason for every dependency', () => {
    const named = tableUnder('Dependencies').flatMap(([names = '']) => names.split(', '));
    expect(named.sort()).to.deep.equal(Object.keys(manifest.dependencies).sort());
  });

  it('links to pages that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links).to.include('src/README.md');
    for (const link of links) expect(existsSync(link), link).to.equal(true);
  });
});
