/** What liblognorm, an implementation that is not ours, reads out of our lines (Debian package liblognorm-utils). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { cefLine } from '../../src/emit/cef.ts';
import type { Event } from '../../src/event.ts';
import { readCef } from '../../src/text/cef.ts';
import { anyEvent } from '../emit/any-event.ts';
import { activityEvent, alertEvent, restoreEvent } from '../emit/example-events.ts';

interface Decoded {
  readonly cef?: {
    readonly DeviceVendor: string; readonly DeviceProduct: string; readonly DeviceVersion: string; readonly SignatureID: string; readonly Name: string; readonly Severity: string;
    readonly Extensions: Readonly<Record<string, string>>;
  };
}

function decode(lines: readonly string[]): readonly Decoded[] {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-cef-'));
  try {
    writeFileSync(join(folder, 'cef.rb'), 'version=2\nrule=:%cef:cef%\n');
    const { stdout, status, stderr } = spawnSync('lognormalizer', ['-r', join(folder, 'cef.rb'), '-e', 'json'], { input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
    expect(status, stderr).to.equal(0);
    return stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Decoded);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('CEF read by liblognorm', () => {
  before(function () {
    if (spawnSync('lognormalizer', ['-V']).error !== undefined) this.skip();
  });

  function expectSame(events: readonly Event[]): void {
    const lines = events.map((event) => cefLine(event, { spaceAfterHeader: true }));
    const decoded = decode(lines);
    expect(decoded).to.have.length(lines.length);
    lines.forEach((line, index) => {
      const ours = readCef(line)!;
      const theirs = decoded[index]?.cef;
      expect(theirs, line).not.to.equal(undefined);
      const { Extensions, ...header } = theirs!;
      expect(header).to.deep.equal({ DeviceVendor: ours.vendor, DeviceProduct: ours.product, DeviceVersion: ours.deviceVersion, SignatureID: ours.classId, Name: ours.name, Severity: ours.severity });
      expect(Extensions, line).to.deep.equal(Object.fromEntries(ours.values));
    });
  }

  it('the examples', () => { expectSame([restoreEvent, activityEvent, alertEvent]); });

  const subjects = ['a|b', 'a=b', 'C:\\new\\', 'a\r\nb', 'a\rb', 'CEF:0|x|y', '] "quoted"', '😀 山田 Brückner', 'x rt=1', '\u202egnp.exe', '\\', '\\\\=', 'a ='];
  for (const subject of subjects) it(`the subject ${JSON.stringify(subject)}`, () => { expectSame([{ ...restoreEvent, 'vb365.item.name': subject, 'message': subject }]); });

  it('a thousand events of hostile values', () => {
    expectSame(fc.sample(anyEvent, { numRuns: 1000, seed: 4 }).map((event) => ({ ...event, '@timestamp': '2026-11-22T09:11:16.503Z' })));
  }).timeout(60_000);
});
