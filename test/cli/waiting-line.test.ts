import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import type { Terminal } from '../../src/cli/terminal.ts';
import { createWaitingLine, type WaitingLine } from '../../src/cli/waiting-line.ts';

interface Shown { readonly line: WaitingLine; readonly text: () => string; readonly drawn: Promise<void> }

/** A line on a stream whose clock stands at three seconds after the first look. */
function lineOn(stream: { readonly isTTY?: boolean; readonly columns?: number }, env: Terminal['env'] = {}, textOf: (seconds: number) => string | undefined = (seconds) => `waiting ${String(seconds)} s`): Shown {
  const stderr = Object.assign(new PassThrough(), stream);
  let text = '';
  const drawn = new Promise<void>((done) => {
    stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      done();
    });
  });
  let looks = 0;
  const nowMs = (): number => { looks += 1; return looks === 1 ? 0 : 3_400; };
  return { line: createWaitingLine({ stderr, env, nowMs } as unknown as Terminal, textOf), text: () => text, drawn };
}

describe('the line that tells for whom a command waits', () => {
  it('appears on a terminal and is gone at the end', async () => {
    const { line, text, drawn } = lineOn({ isTTY: true, columns: 80 });
    line.begin();
    await drawn;
    line.close();
    expect(text()).to.match(/^(\r\u001b\[Kwaiting 3 s)+\r\u001b\[K$/);
  });
  it('is cut to the width of the terminal', async () => {
    const { line, text, drawn } = lineOn({ isTTY: true, columns: 8 });
    line.begin();
    await drawn;
    line.close();
    expect(text()).to.match(/^(\r\u001b\[Kwaiting)+\r\u001b\[K$/);
  });
  it('appears nowhere else, nor when nobody waits or nothing is waited for', async () => {
    const seen = lineOn({ isTTY: true });
    const unseen = [lineOn({}), lineOn({ isTTY: true }, { TERM: 'dumb' }), lineOn({ isTTY: true }, {}, () => undefined)];
    const over = lineOn({ isTTY: true });
    for (const { line } of [...unseen, over, seen]) line.begin();
    over.line.end();
    await seen.drawn;
    for (const { line } of [...unseen, over, seen]) line.close();
    expect([...unseen, over].map(({ text }) => text())).to.deep.equal(['', '', '', '']);
  });
});
