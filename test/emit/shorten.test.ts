import { expect } from 'chai';
import fc from 'fast-check';
import { cefLine } from '../../src/emit/cef.ts';
import { ecsLine } from '../../src/emit/ecs.ts';
import { shorten } from '../../src/emit/shorten.ts';
import type { Event, FieldName } from '../../src/event.ts';
import { anyEvent } from './any-event.ts';
import { restoreEvent } from './example-events.ts';

const bytes = (event: Event): number => Buffer.byteLength(ecsLine(event), 'utf8');
const within = (limit: number) => (event: Event): boolean => bytes(event) <= limit;
const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `d2629c4d-4276-8e22-a192-${String(index).padStart(12, '0')}`);

describe('events that do not fit a message', () => {
  it('one that fits stays the same object, at the limit', () => {
    const size = bytes(restoreEvent);
    expect(shorten(restoreEvent, within(size))).to.equal(restoreEvent);
    expect(shorten(restoreEvent, within(size - 1))).not.to.equal(restoreEvent);
  });

  it('the raw record goes first, alone', () => {
    const event: Event = { ...restoreEvent, 'event.original': 'x'.repeat(9000) };
    expect(shorten(event, within(8000))).to.deep.equal({ ...restoreEvent, 'vb365.truncated': ['event.original'] });
  });

  it('then what repeats other fields', () => {
    const event: Event = { ...restoreEvent, 'event.original': 'x'.repeat(9000), 'related.user': Array.from({ length: 300 }, (_, index) => `user-of-many-${String(index)}@example.example`) };
    const short = shorten(event, within(8000));
    expect(short).not.to.have.any.keys('event.original', 'related.user', 'related.hosts', 'related.ip');
    expect(short?.['vb365.truncated']).to.deep.equal(['event.original', 'related.user', 'related.hosts', 'related.ip']);
  });

  it('then long lists keep their first five', () => {
    const event: Event = { ...restoreEvent, 'vb365.attribution.evidence': ids(200), 'vb365.attribution.candidates': ['a', 'b', 'c', 'd', 'e'] };
    const short = shorten(event, within(8000));
    expect(short?.['vb365.attribution.evidence']).to.deep.equal(ids(200).slice(0, 5));
    expect(short?.['vb365.attribution.candidates']).to.equal(event['vb365.attribution.candidates']);
    expect(short?.['vb365.truncated']).to.deep.equal(['related.user', 'related.hosts', 'related.ip', 'vb365.attribution.evidence']);
  });

  describe('then texts, one after another, each as long as fits', () => {
    const order: readonly (readonly FieldName[])[] = [
      ['message'], ['vb365.session.name'], ['event.reason'], ['vb365.target.path'], ['vb365.item.path', 'file.path', 'file.directory'],
      ['vb365.item.name', 'file.name', 'email.subject'], ['vb365.owner.name'], ['vb365.attribution.reported'],
    ];
    const long = 'a'.repeat(500) + 'Z';
    const event: Event = { 'event.id': ids(1)[0]!, ...Object.fromEntries(order.flat().map((name) => [name, long])) };
    const changedFrom = (short: Event): readonly string[] => order.flat().filter((name) => short[name] !== long);
    for (let count = 1; count <= order.length; count += 1) {
      it(`step ${String(count)} cuts ${(order[count - 1] ?? []).join(', ')}`, () => {
        // The event with everything before this step at 128 bytes and this step one byte over.
        const done = order.slice(0, count - 1).flat();
        const before: Event = { ...event, ...Object.fromEntries(done.map((name) => [name, 'b'.repeat(128)])), ...(count === 1 ? {} : { 'vb365.truncated': done }) };
        const limit = bytes(before) - 100;
        const short = shorten(event, within(limit))!;
        expect(changedFrom(short)).to.have.members(order.slice(0, count).flat());
        expect(short['vb365.truncated']).to.deep.equal(order.slice(0, count).flat());
        for (const name of done) expect(Buffer.byteLength(String(short[name])), name).to.equal(128);
        // No byte is given away: one more in every field of this step does not fit.
        const fields = order[count - 1] ?? [];
        expect(bytes(short)).to.be.within(limit - fields.length + 1, limit);
      });
    }
  });

  it('texts keep their beginning, paths also their end', () => {
    const event: Event = { 'message': `${'m'.repeat(300)}!`, 'vb365.target.path': `C:\\${'d'.repeat(300)}\\invoice.pdf` };
    const short = shorten(event, (candidate) => Buffer.byteLength(candidate['message'] ?? '') <= 200 && Buffer.byteLength(candidate['vb365.target.path'] ?? '') <= 128);
    expect(short?.['message']).to.equal(`${'m'.repeat(125)}...`);
    // 125 bytes beside the dots: 41 for the head, 84 for the tail.
    expect(short?.['vb365.target.path']).to.equal(`C:\\${'d'.repeat(38)}...${'d'.repeat(72)}\\invoice.pdf`);
  });

  it('a text of 128 bytes is not touched, one of 129 is', () => {
    const never = (candidate: Event): boolean => candidate['vb365.owner.name'] !== undefined && candidate['vb365.owner.name'].endsWith('...');
    expect(shorten({ 'message': 'm'.repeat(128), 'vb365.owner.name': 'o'.repeat(129) }, never)).to.deep.equal({ 'message': 'm'.repeat(128), 'vb365.owner.name': `${'o'.repeat(125)}...`, 'vb365.truncated': ['vb365.owner.name'] });
    expect(shorten({ 'message': 'm'.repeat(128), 'vb365.owner.name': 'o'.repeat(128) }, never)).to.equal(undefined);
  });

  const characters: readonly (readonly [string, string, number])[] = [['two bytes', 'é', 2], ['three bytes', '山', 3], ['four bytes', '😀', 4]];
  for (const [name, character, width] of characters) {
    it(`no character of ${name} is cut in two`, () => {
      const whole = character.repeat(1000);
      const sizes = Array.from({ length: 12 }, (_, index) => 600 + index);
      for (const limit of sizes) {
        const { message } = shorten({ message: whole }, within(limit))!;
        expect(message).to.match(new RegExp(`^(?:${character}){20,}\\.\\.\\.$`, 'u'));
        expect(limit - bytes(shorten({ message: whole }, within(limit))!)).to.be.within(0, width - 1);
      }
    });
  }

  it('operator, owner address, tenant, organisation, ids, times and counts are never touched', () => {
    const kept: Event = {
      '@timestamp': '2026-11-22T09:11:16.503Z', 'event.id': ids(1)[0]!, 'user.name': 'u'.repeat(300), 'user.target.email': `${'o'.repeat(300)}@example.example`, 'vb365.tenant.id': 't'.repeat(300),
      'organization.name': 'g'.repeat(300), 'vb365.session.id': 's'.repeat(300), 'vb365.restore.items.total': 1, 'vb365.result': 'success',
    };
    expect(shorten({ ...kept, 'event.reason': 'r'.repeat(9000), 'message': 'm'.repeat(9000) }, within(2200))).to.deep.include(kept);
    expect(shorten(kept, within(1500))).to.equal(undefined);
  });

  it('names what was already shortened before, once', () => {
    const event: Event = { 'message': 'm'.repeat(500), 'event.reason': 'r', 'vb365.truncated': ['event.reason', 'message'] };
    expect(shorten(event, within(400))?.['vb365.truncated']).to.deep.equal(['event.reason', 'message']);
  });

  it('any event fits 8,000 bytes afterwards or nothing is left to cut; both formats', () => {
    fc.assert(fc.property(anyEvent, fc.constantFrom(ecsLine, cefLine), (event, line) => {
      const fits = (candidate: Event): boolean => Buffer.byteLength(line(candidate), 'utf8') <= 8000;
      const short = shorten(event, fits);
      if (short !== undefined) expect(fits(short)).to.equal(true);
      else expect(fits(event)).to.equal(false);
    }), { numRuns: 100 });
  });

  it('a hostile record of 64 KiB in every text is shortened to what fits', () => {
    const huge = '\\"😀'.repeat(13_000);
    const event: Event = { ...restoreEvent, 'message': huge, 'vb365.item.name': huge, 'vb365.item.path': huge, 'vb365.target.path': huge, 'email.subject': huge, 'vb365.session.name': huge, 'event.reason': huge };
    expect(bytes(shorten(event, within(8000))!)).to.be.within(7000, 8000);
  });
});
