import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import { sizeText } from '../../src/report/size-text.ts';
import { timelineSvg } from '../../src/report/timeline-svg.ts';
import { examples, restoreOf, without } from './example-restores.ts';

const by = (name: string, start: string): Event => restoreOf({ 'event.start': start, 'user.name': name, 'user.domain': 'CONTOSO', 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.kind': 'user' });
const titles = (svg: string): readonly string[] => [...svg.matchAll(/<circle[^>]*><title>([^<]*)<\/title>/g)].map(([, title]) => title!);
const lanes = (svg: string): readonly string[] => [...svg.matchAll(/<text class="lane"[^>]*>([^<]*)</g)].map(([, label]) => label!);

describe('timeline', () => {
  it('counts days in the zone of the reader', () => {
    const evening = by('a', '2022-06-13T21:41:10.000Z');
    expect(titles(timelineSvg([evening], 'UTC'))).to.deep.equal(['2022-06-13: CONTOSO\\a, 1 restore']);
    expect(titles(timelineSvg([evening], 'Pacific/Auckland'))).to.deep.equal(['2022-06-14: CONTOSO\\a, 1 restore']);
  });
  it('shows a longer period by week', () => {
    // 1 January to 9 April are 99 days: more than 92 columns; the second week ends on 14 January
    const svg = timelineSvg([by('a', '2022-01-01T00:00:00.000Z'), by('a', '2022-01-08T00:00:00.000Z'), by('a', '2022-01-14T00:00:00.000Z'), by('a', '2022-04-09T00:00:00.000Z')], 'UTC');
    expect(titles(svg)).to.deep.equal(['2022-01-01 to 2022-01-07: CONTOSO\\a, 1 restore', '2022-01-08 to 2022-01-14: CONTOSO\\a, 2 restores', '2022-04-09 to 2022-04-09: CONTOSO\\a, 1 restore']);
    expect(svg).to.include('each column is 7 days');
  });
  it('shows 92 days by day and 93 by week', () => {
    expect(timelineSvg([by('a', '2022-01-01T00:00:00.000Z'), by('a', '2022-04-02T00:00:00.000Z')], 'UTC')).not.to.include('each column');
    expect(timelineSvg([by('a', '2022-01-01T00:00:00.000Z'), by('a', '2022-04-03T00:00:00.000Z')], 'UTC')).to.include('each column is 7 days');
  });
  it('gives the busiest a lane each, the others one together, and nobody is last', () => {
    const many = Array.from({ length: 13 }, (_, at) => by(`operator${String(at).padStart(2, '0')}`, '2022-06-13T00:00:00.000Z'));
    const shown = lanes(timelineSvg([examples['unknown']!, ...many, by('operator12', '2022-06-14T00:00:00.000Z')], 'UTC'));
    expect(shown).to.have.length(13);
    expect(shown[0]).to.equal('CONTOSO\\operator12');
    expect(shown.slice(-2)).to.deep.equal(['2 other operators', 'unknown']);
  });
  it('never gives a candidate a lane', () => { expect(lanes(timelineSvg([examples['payrollMail']!], 'UTC'))).to.deep.equal(['one of several']); });
  it('says that an account is shared', () => { expect(timelineSvg([examples['shared']!], 'UTC')).to.include('CONTADM01\\restore-ops (shared), 1 restore'); });
  it('is empty without a time', () => { expect(timelineSvg([without(restoreOf(), 'event.start', '@timestamp')], 'UTC')).to.equal(''); });
  it('survives times at both ends of the calendar', () => {
    expect(titles(timelineSvg([by('a', '0001-01-01T00:00:00.000Z'), by('a', '9999-12-31T00:00:00.000Z')], 'UTC'))).to.have.length(2);
  });
});

describe('size', () => {
  const rows: readonly (readonly [number, string])[] = [[0, '0 bytes'], [1_023, '1023 bytes'], [1_024, '1.0 KB'], [80_998, '79.1 KB'], [1_258_291, '1.2 MB'], [1_099_511_627_776, '1.0 TB']];
  for (const [bytes, text] of rows) it(`${bytes}: ${text}`, () => { expect(sizeText(bytes)).to.equal(text); });
});
