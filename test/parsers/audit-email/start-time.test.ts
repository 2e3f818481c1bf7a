import { expect } from 'chai';
import type { DateOrder } from '../../../src/event.ts';
import { readMailDateTime } from '../../../parsers/audit-email/trace-headers.ts';
import { startTime, type MailTimes } from '../../../parsers/audit-email/start-time.ts';
import { bodyHtml, codes, mail, onlyEvent, readMail, received, row, rowFacts, tableHtml } from './compose-mail.ts';

/** times of a mail whose Date header is `date` */
function sent(date: string): MailTimes {
  const read = readMailDateTime(date)!;
  return { sentMs: read.ms, sentOffset: read.offsetMinutes, boundMs: read.ms };
}

interface Case { readonly name: string; readonly text: string; readonly date?: string; readonly zone?: string; readonly order?: DateOrder; readonly expect: string | readonly string[]; readonly basis: string; readonly offset?: number }
const cases: readonly Case[] = [
  { name: 'en-NZ, offset of the Date header', text: '3/05/2022 10:17 AM', date: 'Tue, 03 May 2022 10:18:02 +1200', expect: '2022-05-02T22:17:00.000Z', basis: 'header', offset: 720 },
  { name: 'Date header in UTC', text: '3/05/2022 10:17 AM', date: 'Mon, 02 May 2022 22:18:02 +0000', expect: '2022-05-02T22:17:00.000Z', basis: 'header', offset: 720 },
  { name: 'en-US, month first', text: '8/9/2021 4:52 PM', date: 'Mon, 09 Aug 2021 16:53:07 -0400', expect: '2021-08-09T20:52:00.000Z', basis: 'header', offset: -240 },
  { name: 'de-DE', text: '10.02.2022 09:40', date: 'Thu, 10 Feb 2022 09:41:10 +0100', expect: '2022-02-10T08:40:00.000Z', basis: 'header', offset: 60 },
  { name: 'year first', text: '2022-02-10 09:40', date: 'Thu, 10 Feb 2022 09:41:10 +0100', expect: '2022-02-10T08:40:00.000Z', basis: 'header', offset: 60 },
  { name: 'narrow blank before the day part', text: '8/9/2021 4:52\u202fPM', date: 'Mon, 09 Aug 2021 16:53:07 -0400', expect: '2021-08-09T20:52:00.000Z', basis: 'header', offset: -240 },
  { name: 'a quarter-hour offset', text: '14/03/2023 12:26', date: 'Mon, 13 Mar 2023 22:41:20 +0000', expect: '2023-03-13T22:41:00.000Z', basis: 'header', offset: 825 },
  { name: 'same day and month', text: '5/5/2022 10:17', date: 'Thu, 05 May 2022 10:17:59 +0000', expect: '2022-05-05T10:17:00.000Z', basis: 'header', offset: 0 },
  { name: 'just inside fifteen minutes', text: '5/5/2022 10:17', date: 'Thu, 05 May 2022 10:31:59 +0000', expect: '2022-05-05T10:17:00.000Z', basis: 'header', offset: 0 },
  { name: 'an unknown day-part word: the half of the day that fits the header', text: '5/5/2022 10:17 zz', date: 'Thu, 05 May 2022 22:18:00 +0200', expect: '2022-05-05T20:17:00.000Z', basis: 'header', offset: 120 },
  { name: 'an unknown day-part word, both halves of the day are one instant under two offsets', text: '5/5/2022 11:00 zz', date: 'Thu, 05 May 2022 16:01:00 +0000', expect: ['2022-05-05T16:00:00.000Z'], basis: 'header' },
  { name: 'configured zone', text: '14/03/2023 9:26', date: 'Mon, 13 Mar 2023 20:27:00 +0000', zone: 'Pacific/Auckland', expect: '2023-03-13T20:26:00.000Z', basis: 'config', offset: 780 },
  { name: 'configured zone, queued for hours', text: '14/03/2023 9:26', date: 'Tue, 14 Mar 2023 03:00:00 +0000', zone: 'Pacific/Auckland', expect: '2023-03-13T20:26:00.000Z', basis: 'config', offset: 780 },
  { name: 'configured zone, the header rejects the other order', text: '3/2/2023 9:26', date: 'Thu, 02 Mar 2023 09:40:00 +0000', zone: 'Europe/London', expect: '2023-03-02T09:26:00.000Z', basis: 'config', offset: 0 },
  { name: 'configured zone, repeated hour, the header decides', text: '29/10/2023 2:30', date: 'Sun, 29 Oct 2023 01:31:00 +0000', zone: 'Europe/Berlin', expect: '2023-10-29T01:30:00.000Z', basis: 'config', offset: 60 },
  { name: 'configured zone, repeated hour, late mail: both', text: '29/10/2023 2:30', date: 'Sun, 29 Oct 2023 06:00:00 +0000', zone: 'Europe/Berlin', expect: ['2023-10-29T00:30:00.000Z', '2023-10-29T01:30:00.000Z'], basis: 'assumed' },
  { name: 'configured zone, no header', text: '14/03/2023 9:26', zone: 'Pacific/Auckland', expect: '2023-03-13T20:26:00.000Z', basis: 'config', offset: 780 },
  { name: 'configured zone, no header, order open: both', text: '3/2/2023 9:26', zone: 'UTC', expect: ['2023-02-03T09:26:00.000Z', '2023-03-02T09:26:00.000Z'], basis: 'assumed' },
  { name: 'configured zone and order, no header', text: '3/2/2023 9:26', zone: 'UTC', order: 'mdy', expect: '2023-03-02T09:26:00.000Z', basis: 'config', offset: 0 },
  { name: 'the order does not win over the header', text: '3/05/2022 10:17 AM', date: 'Tue, 03 May 2022 10:18:02 +1200', order: 'mdy', expect: '2022-05-02T22:17:00.000Z', basis: 'header', offset: 720 },
  { name: 'a zone that contradicts the header', text: '14/03/2023 9:26', date: 'Mon, 13 Mar 2023 20:27:00 +0000', zone: 'America/New_York', expect: '2023-03-13T20:26:00.000Z', basis: 'header', offset: 780 },
  { name: 'a zone that the sender\'s own clock contradicts by 45 minutes: both', text: '14/03/2023 9:26', date: 'Tue, 14 Mar 2023 09:27:00 +1300', zone: 'Pacific/Chatham', expect: ['2023-03-13T19:41:00.000Z', '2023-03-13T20:26:00.000Z'], basis: 'assumed' },
  { name: 'an unknown zone is none', text: '14/03/2023 9:26', date: 'Mon, 13 Mar 2023 20:27:00 +0000', zone: 'Middle/Earth', expect: '2023-03-13T20:26:00.000Z', basis: 'header', offset: 780 },
];

describe('audit mails: start time', () => {
  for (const row_ of cases) {
    it(row_.name, () => {
      const at = startTime(row_.text, row_.date === undefined ? {} : sent(row_.date), row_.zone, row_.order)!;
      const expected = typeof row_.expect === 'string' ? [row_.expect] : row_.expect;
      expect((at.readings ?? [at.ms]).map((ms) => new Date(ms).toISOString())).to.deep.equal(expected);
      expect(at.basis).to.equal(row_.basis);
      expect(at.precision).to.equal('min');
      if (typeof row_.expect === 'string') expect(at.offsetMinutes).to.equal(row_.offset);
      expect(at.readings ?? [at.ms]).to.include(at.ms);
    });
  }
  it('a late mail without a configured zone: the sender\'s offset, and what else is possible', () => {
    const at = startTime('14/03/2023 9:26', sent('Tue, 14 Mar 2023 09:46:00 -0400'), undefined, undefined)!;
    expect(at.basis).to.equal('assumed');
    expect(new Date(at.ms).toISOString()).to.equal('2023-03-14T13:26:00.000Z');
  });
  it('nothing to go by: every offset and order is possible', () => {
    const at = startTime('3/2/2023 9:26', {}, undefined, undefined)!;
    expect(at.basis).to.equal('assumed');
    expect(at.readings).to.include.members([Date.UTC(2023, 1, 3, 9, 26), Date.UTC(2023, 2, 2, 9, 26), Date.UTC(2023, 2, 1, 20, 26)]);
  });
  it('a minute before a wrong clock is not a day', () => { expect(startTime('never', sent('Tue, 14 Mar 2023 09:46:00 -0400'), undefined, undefined)).to.equal(undefined); });

  describe('in a mail', () => {
    const at = (start: string): string => bodyHtml(tableHtml(row({ 'Start time': start })));
    it('an undecided time carries its candidates', async () => {
      const result = await readMail(mail({ html: at('29/10/2023 2:30'), date: 'Sun, 29 Oct 2023 06:00:00 +0000', trace: '' }), { source: { timezone: 'Europe/Berlin' } });
      const event = onlyEvent(result);
      expect(event['vb365.time.candidates']).to.deep.equal(['2023-10-29T00:30:00.000Z', '2023-10-29T01:30:00.000Z']);
      expect(event['vb365.time.basis']).to.equal('assumed');
      expect(event).to.not.have.property('event.timezone');
      expect(rowFacts(result).at.readings).to.have.length(2);
    });
    it('another calendar: the date of the message stands for it, and it is said', async () => {
      const result = await readMail(mail({ html: at('14/3/2566 9:26') }));
      expect(codes(result)).to.deep.equal(['log-calendar']);
      expect(onlyEvent(result)['@timestamp']).to.equal('2023-03-14T13:27:00.000Z');
      expect(onlyEvent(result)['vb365.time.basis']).to.equal('assumed');
    });
    it('a Date header later than the receipt is bounded by the receipt', async () => {
      const result = await readMail(mail({ html: at('3/14/2023 9:26 AM'), date: 'Tue, 14 Mar 2023 20:27:04 -0400' }));
      expect(onlyEvent(result)['@timestamp']).to.equal('2023-03-14T13:26:00.000Z');
    });
    it('no Date header: the receipt', async () => {
      const bytes = Buffer.from(mail({ html: at('3/14/2023 9:26 AM') }).toString().replace(/^Date: .*\r\n/m, ''));
      const event = onlyEvent(await readMail(bytes));
      expect(event['@timestamp']).to.equal('2023-03-14T13:26:00.000Z');
      expect(event).to.not.have.property('vb365.mail.sent');
    });
    it('neither, and no readable start: no event', async () => {
      const bytes = Buffer.from(mail({ html: at('soon') }).toString().replace(/^Date: .*\r\n/m, '').replace(received, ''));
      const result = await readMail(bytes);
      expect(result.activities).to.deep.equal([]);
      expect(codes(result)).to.deep.equal(['mail-layout']);
    });
  });
});
