import { expect } from 'chai';
import { Writable } from 'node:stream';
import { createLog, redact } from '../../src/cli/log.ts';

function keeper(delayMs = 0): readonly [Writable, () => readonly Record<string, unknown>[]] {
  let text = '';
  const stream = new Writable({ write(chunk: Buffer, _encoding, done) { text += chunk.toString('utf8'); if (delayMs === 0) done(); else setTimeout(done, delayMs); } });
  return [stream, () => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)];
}

describe('log', () => {
  const secrets: readonly (readonly [string, unknown, unknown])[] = [
    ['any case, nested, in lists', { a: [{ PassWord: 'x', Authorization: 'y' }], client_secret: 'z', apiKey: 'k', key: 'k' }, { a: [{ PassWord: '***', Authorization: '***' }], client_secret: '***', apiKey: '***', key: '***' }],
    ['words that only sound like it', { monkey: 1, keyboard: 'qwerty' }, { monkey: 1, keyboard: 'qwerty' }],
    ['plain values', [1, null, 'a', true, 10n], [1, null, 'a', true, '10']],
  ];
  for (const [name, given, expected] of secrets) it(`redacts: ${name}`, () => { expect(redact(given)).to.deep.equal(expected); });

  it('a ring does not hang it', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    expect(JSON.stringify(redact(ring)).length).to.be.below(200);
  });
  it('JSON lines with level, message, fields and time; below the level nothing', async () => {
    const [stream, lines] = keeper();
    const log = createLog('info', stream);
    log.write('info', 'started', { tenants: 2, token: 't' });
    log.write('debug', 'unseen');
    await log.close();
    expect(lines()).to.have.length(1);
    expect(lines()[0]).to.include({ level: 'info', message: 'started', tenants: 2, token: '***' }).and.to.have.property('timestamp');
    expect(log.isDebugEnabled()).to.equal(false);
  });
  it('closing loses no line', async () => {
    const [stream, lines] = keeper(1);
    const log = createLog('debug', stream);
    for (let at = 0; at < 200; at += 1) log.write('debug', String(at));
    await log.close();
    await new Promise((done) => { stream.end(done); });
    expect(lines().map(({ message }) => message)).to.deep.equal(Array.from({ length: 200 }, (_, at) => String(at)));
  });
});
