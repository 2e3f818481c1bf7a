/** The walk of the README, as a new user goes it: every command with what it prints, every file as it is shown. */
import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inFolder, runCommand } from '../cli/run-command.ts';

const section = readFileSync('rules/README.md', 'utf8').split('## From an idea to a tested rule in ten minutes\n')[1]?.split('\n## ')[0] ?? '';
const blocks = [...section.matchAll(/^```(sh|yaml)\n([^]*?)^```$/gm)].map(([, kind = '', text = '']) => ({ kind, text }));

/** Commands with the lines that follow them; `…` stands for lines that are left out. */
function commandsOf(text: string): readonly { readonly argv: readonly string[]; readonly shown: readonly string[] }[] {
  return text.split(/^\$ vb365-siem /m).slice(1).map((part) => {
    const [command = '', ...shown] = part.trimEnd().split('\n');
    return { argv: command.split(' '), shown };
  });
}

describe('rules/README.md', () => {
  it('from an idea to a tested rule', async function () {
    this.timeout(60_000);
    await inFolder(async (cwd) => {
      for (const { kind, text } of blocks) {
        if (kind === 'yaml') {
          const file = join(cwd, /^# (\S+)\n/.exec(text)?.[1] ?? '');
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, text);
          continue;
        }
        for (const { argv, shown } of commandsOf(text)) {
          const { code, stdout, stderr } = await runCommand(argv, { cwd, env: { COLUMNS: '140' } });
          expect(code, argv.join(' ')).to.equal(0);
          const printed = `${stdout}${stderr}`.split('\n').map((line) => line.trimEnd());
          let at = 0;
          for (const line of shown.filter((each) => each !== '…')) {
            const found = printed.indexOf(line.trimEnd(), at);
            expect(found, `${argv.join(' ')} prints ${line}`).to.be.at.least(0);
            at = found + 1;
          }
        }
      }
    });
  });
  it('has all of it', () => {
    expect(blocks.filter(({ kind }) => kind === 'yaml')).to.have.length(2);
    expect(blocks.flatMap(({ kind, text }) => kind === 'sh' ? commandsOf(text) : []).map(({ argv }) => argv.slice(0, argv[0] === 'rules' ? 2 : 1).join(' '))).to.deep.equal([
      'simulate', 'replay', 'rules new', 'rules lint', 'rules test', 'rules backtest', 'rules explain',
    ]);
  });
});
