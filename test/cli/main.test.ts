/** The process around the commands: only what needs a real one, because each costs a second. */
import { expect } from 'chai';
import { endOf, samples, startProgram } from './run-command.ts';

describe('the program as a process', function () {
  this.timeout(30_000);

  it('a wrong command line ends with 2, nothing on stdout', async () => {
    const outcome = await endOf(startProgram(['replay', '--evnts', 'x']));
    expect(outcome).to.include({ code: 2, stdout: '' });
    expect(outcome.stderr).to.include('Did you mean --events?');
  });
  it('a fault of ours ends with 3 and one short message', async () => {
    const broken = "data:text/javascript,Object.defineProperty(process.stdout,'columns',{get(){throw new Error('boom')}})";
    const outcome = await endOf(startProgram(['who', `${samples}/s01-cloud-connect-default`], ['--import', broken]));
    expect(outcome).to.include({ code: 3, stdout: '' });
    expect(outcome.stderr).to.include('internal error: boom').and.to.not.include('    at ');
  });
  it('a reader that goes away ends it quietly with 0', async () => {
    const child = startProgram(['replay', samples]);
    child.stdout?.destroy();
    const { code, stderr } = await endOf(child);
    expect(code).to.equal(0);
    expect(stderr).to.not.match(/EPIPE|internal|write-failed/);
  });
  it('Ctrl-C while it waits for input ends with 130', async () => {
    const child = startProgram(['replay', '-', '--verbose']);
    const ended = endOf(child);
    await new Promise((done) => { setTimeout(done, 3_000); });
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).to.deep.equal([130, '']);
    expect(stderr).to.not.include('internal');
  });
  it('stdin is read', async () => {
    const child = startProgram(['replay', '-']);
    child.stdin?.end('{"a":1}');
    const { code, stderr } = await endOf(child);
    expect(code).to.equal(0);
    expect(stderr).to.include('json-not-rest');
  });
});
