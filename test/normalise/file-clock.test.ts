import { expect } from 'chai';
import { createFileClock, fileStamp, type FileClock, type FileClockOptions } from '../../src/normalise/file-clock.ts';
import { readLogLine, type LogLine } from '../../src/text/log-line.ts';

/** A line as it stands in a file, `UTC:` before a header's UTC line, `IN:` before a date inside a message. */
function lineOf(text: string): LogLine {
  const line = readLogLine(/ \(\d+\)/.test(text) ? text : `${text}    5 (400) x`);
  if (line === undefined) throw new Error(`no prefix: ${text}`);
  return line;
}

function clockOf(lines: readonly string[], options: Partial<FileClockOptions> = {}): FileClock {
  const clock = createFileClock({ file: 'a.log', ...options });
  for (const text of lines) {
    const [, utcOf, utc] = /^(.*) UTC:(.*)$/.exec(text) ?? [];
    const [, , inner] = /^(.*) IN:(.*)$/.exec(text) ?? [];
    const line = lineOf(text.replace(/ (UTC|IN):.*$/, ''));
    clock.see(line);
    if (utcOf !== undefined) clock.seeHeaderUtc(line, utc ?? '');
    if (inner !== undefined) clock.seeInner(inner);
  }
  clock.settle();
  return clock;
}
/** moments of the lines, in file order; `?` parts the readings of an undecided one */
function times(lines: readonly string[], options: Partial<FileClockOptions> = {}): readonly string[] {
  const clock = clockOf(lines, options);
  return lines.map((text) => {
    const { ms, readings } = clock.moment(lineOf(text.replace(/ (UTC|IN):.*$/, '')));
    return (readings ?? [ms]).map((reading) => new Date(reading).toISOString().replace('.000Z', 'Z')).join(' ? ');
  });
}
const codes = (clock: FileClock): readonly string[] => clock.problems.map(({ code }) => code);
const stamped = 'Veeam.Exchange.Explorer_2022_05_03_10_14_07.log';

describe('day and month order (reference 3.2)', () => {
  const rows: readonly (readonly [name: string, lines: readonly string[], options: Partial<FileClockOptions>, order: string | undefined, rules: readonly string[]])[] = [
    ['1 bracketed is day, month, year', ['[03.05.2022 10:14:07]'], {}, 'dmy', ['bracketed']],
    ['1 bracketed with milliseconds too', ['[03.05.2022 10:14:07.123]'], {}, 'dmy', ['bracketed']],
    ['2 four digits first', ['2022-05-03 10:14:07'], {}, 'ymd', ['year-first']],
    ['2 with dots and blanks', ['2022. 05. 03. 10:14:07'], {}, 'ymd', ['year-first']],
    ['3 the stamp of the name, day first', ['3/05/2022 10:14:07 AM'], { file: stamped }, 'dmy', ['file-name']],
    ['3 the stamp of the name, month first', ['5/3/2022 10:14:07 AM'], { file: stamped }, 'mdy', ['file-name']],
    ['3 two seconds after the stamp', ['5/3/2022 10:14:09 AM'], { file: stamped }, 'mdy', ['file-name']],
    ['3 behind a folder with a drive letter', ['5/3/2022 10:14:07 AM'], { file: `C:\\Logs_2020_01_01_00_00_00\\${stamped}` }, 'mdy', ['file-name']],
    ['3 in an archive', ['5/3/2022 10:14:07 AM'], { file: `x.zip!${stamped}` }, 'mdy', ['file-name']],
    ['3 no help when day equals month', ['5/5/2022 10:14:07 AM'], { file: 'a_2022_05_05_10_14_07.log' }, undefined, ['undecided']],
    ['3 a beginning that is missing: what is before the stamp is impossible', ['3/5/2022 10:14:10'], { file: stamped }, 'dmy', ['file-name']],
    ['3 a beginning that is missing: both later', ['3/5/2022 10:20:00'], { file: 'a_2022_03_05_10_14_07.log' }, undefined, ['undecided']],
    ['4 the header pair, one order fits', ['12/04/2022 11:22:29 AM UTC:11/04/2022 11:22:29 PM'], {}, 'dmy', ['header-pair']],
    ['4 the header pair, month first', ['4/12/2022 11:22:29 AM UTC:4/11/2022 11:22:29 PM'], {}, 'mdy', ['header-pair']],
    ['4 five seconds apart', ['12/04/2022 11:22:29 AM UTC:11/04/2022 11:22:24 PM'], {}, 'dmy', ['header-pair']],
    ['4 six seconds apart prove nothing', ['12/04/2022 11:22:29 AM UTC:11/04/2022 11:22:23 PM'], {}, undefined, ['undecided']],
    ['4 +14:00 is possible', ['2/1/2022 1:00:00 AM UTC:1/1/2022 11:00:00 AM'], {}, 'dmy', ['header-pair']],
    ['4 more than +14:00 is not', ['2/1/2022 1:15:00 AM UTC:1/1/2022 11:00:00 AM'], {}, undefined, ['undecided']],
    ['4 the same calendar day tells the offset only', ['3/05/2022 10:14:07 PM UTC:3/05/2022 10:14:07 AM'], {}, undefined, ['undecided']],
    ['5 a first component above 12', ['3/05/2022 10:14:07', '13/05/2022 10:14:07'], {}, 'dmy', ['impossible-date']],
    ['5 a second component above 12', ['5/3/2022 10:14:07', '5/13/2022 10:14:07'], {}, 'mdy', ['impossible-date']],
    ['5 inside a restore point', ['3/05/2022 10:14:07 IN:20/04/2022 09:00:00'], {}, 'dmy', ['impossible-date']],
    ['5 inside the header pair', ['1/12/2021 8:00:00 AM UTC:30/11/2021 8:00:00 PM'], {}, 'dmy', ['header-pair', 'impossible-date']],
    ['6 the wrong order goes back', ['12/1/2022 23:00:00', '1/2/2022 00:10:00'], {}, 'dmy', ['continuity']],
    ['6 start and outcome on one thread are not a month apart', ['1/2/2022 23:59:58    5 (400) Counting items...', '2/2/2022 00:00:01    5 (400)  found 2 items'], {}, 'dmy', ['continuity']],
    ['6 the same on two threads proves nothing', ['1/2/2022 23:59:58    5 (400) Counting items...', '2/2/2022 00:00:01    6 (404)  found 2 items'], {}, undefined, ['undecided']],
    ['6 a date change that fits both', ['1/2/2022 23:59:58', '2/3/2022 00:00:01'], {}, undefined, ['undecided']],
    ['6 going back two hours is no proof', ['2/3/2022 03:00:00', '2/3/2022 01:00:00'], {}, undefined, ['undecided']],
    ['7 hints make nothing certain', ['3/05/2022 10:14:07'], {}, undefined, ['undecided']],
    ['8 another file of the account', ['3/05/2022 10:14:07'], { accountOrder: 'mdy' }, 'mdy', ['same-account']],
    ['8 comes before the configuration', ['3/05/2022 10:14:07'], { accountOrder: 'mdy', dateOrder: 'dmy' }, 'mdy', ['same-account']],
    ['9 the configuration', ['3/05/2022 10:14:07'], { dateOrder: 'mdy' }, 'mdy', ['configuration']],
    ['9 against evidence loses', ['13/05/2022 10:14:07'], { dateOrder: 'mdy' }, 'dmy', ['impossible-date']],
    ['10 undecided', ['3/5/2022 10:14:07'], {}, undefined, ['undecided']],
    ['what a proven predecessor used', ['3/05/2022 10:14:07'], { inherited: { order: 'mdy' } }, 'mdy', []],
  ];
  for (const [name, lines, options, order, rules] of rows) it(name, () => {
    const clock = clockOf(lines, options);
    expect([clock.order, clock.decidedBy]).to.deep.equal([order, rules]);
  });

  it('stronger rules win over weaker ones, whatever the order of the lines', () => {
    // The name says month first, a later line day first.
    const clock = clockOf(['5/3/2022 10:14:07 AM', '13/05/2022 10:14:07 AM'], { file: stamped });
    expect([clock.order, clock.decidedBy]).to.deep.equal(['mdy', ['file-name', 'impossible-date']]);
  });
  it('a contradiction refuses the timing of the file and says so', () => {
    const lines = ['13/05/2022 10:14:07', '05/13/2022 10:14:07'];
    expect(codes(clockOf(lines))).to.deep.equal(['log-date-order']);
    expect(times(lines)).to.deep.equal(['2022-05-13T10:14:07Z', '2022-05-13T10:14:07Z']);
  });
  it('a configuration against the evidence is reported', () => {
    expect(codes(clockOf(['13/05/2022 10:14:07'], { dateOrder: 'mdy' }))).to.deep.equal(['log-date-order']);
    expect(codes(clockOf(['[13.05.2022 10:14:07]'], { dateOrder: 'mdy' }))).to.deep.equal([]);
  });
  it('undecided keeps both readings, is reported, and hints rank them', () => {
    const undecided = clockOf(['3/5/2022 10:14:07']);
    undecided.moment(lineOf('3/5/2022 10:14:07'));
    expect(codes(undecided)).to.deep.equal(['log-date-order']);
    expect(times(['3/5/2022 10:14:07'])).to.deep.equal(['2022-05-03T10:14:07Z ? 2022-03-05T10:14:07Z']);
    const rankings: readonly (readonly [text: string, best: string])[] = [
      ['05.06.2020 10:00:00', '2020-06-05T10:00:00.000Z'], ['3/05/2022 10:00:00', '2022-05-03T10:00:00.000Z'], ['8/9/2021 4:41:05 PM', '2021-08-09T16:41:05.000Z'],
    ];
    for (const [text, best] of rankings) {
      const moment = clockOf([text]).moment(lineOf(text));
      expect([new Date(moment.ms).toISOString(), moment.basis, moment.readings?.length]).to.deep.equal([best, 'assumed', 2]);
    }
  });
  it('a date that has one reading only is certain although the order is not', () => {
    expect(times(['5/5/2022 10:14:07'])).to.deep.equal(['2022-05-05T10:14:07Z']);
  });
  it('another calendar: no time of the file is used', () => {
    for (const year of ['2565', '1443', '1401']) {
      const clock = clockOf([`3/05/${year} 10:14:07`], { file: stamped });
      expect(codes(clock)).to.include('log-calendar');
      expect(clock.moment(lineOf(`3/05/${year} 10:14:07`))).to.deep.include({ readings: [], basis: 'assumed' });
    }
  });
  it('a stamp has eight digits and a time', () => {
    expect(fileStamp(stamped)).to.equal(Date.UTC(2022, 4, 3, 10, 14, 7));
    expect(fileStamp('D:\\x_2020_01_01_00_00_00\\a.log')).to.equal(undefined);
    expect(fileStamp('a_2022_05_03.log')).to.equal(undefined);
    expect(fileStamp('a_2022_05_03_10_14_071.log')).to.equal(undefined);
  });
});

describe('twelve-hour clocks (reference 3.3)', () => {
  const hour = (text: string, options: Partial<FileClockOptions> = {}, first = text): string => {
    const clock = clockOf(first === text ? [text] : [first, text], { dateOrder: 'dmy', ...options });
    const { ms, readings } = clock.moment(lineOf(text));
    return (readings ?? [ms]).map((reading) => new Date(reading).toISOString().slice(11, 19)).join(' ? ');
  };
  const rows: readonly (readonly [text: string, expected: string])[] = [
    ['3/05/2022 12:05:00 AM', '00:05:00'], ['3/05/2022 12:05:00 PM', '12:05:00'], ['3/05/2022 1:05:00 AM', '01:05:00'], ['3/05/2022 11:59:59 PM', '23:59:59'],
    ['3/05/2022 2:05:33 p. m.', '14:05:33'], ['3/05/2022 2:05:33 pm', '14:05:33'], ['3/05/2022 2:05:33 μ.μ.', '14:05:33'], ['3/05/2022 2:05:33 π.μ.', '02:05:33'], ['3/05/2022 2:05:33\u202fPM', '14:05:33'],
    ['2022-05-03 오후 2:05:33', '14:05:33'], ['2022/5/3 上午 10:14:07', '10:14:07'], ['3.5.2022 klo 14.05.33', '14:05:33'], ['3/05/2022 14:05:33 PM', '14:05:33'], ['3/05/2022 2:05:33 xyz', '02:05:33 ? 14:05:33'],
  ];
  for (const [text, expected] of rows) it(text, () => { expect(hour(text)).to.equal(expected); });

  it('an unknown word is learnt from the stamp of the name', () => {
    const file = 'a_2022_05_03_14_05_33.log';
    expect(hour('3/05/2022 2:05:33 xyz', { file })).to.equal('14:05:33');
    expect(hour('3/05/2022 3:00:00 xyz', { file }, '3/05/2022 2:05:33 xyz')).to.equal('15:00:00');
    expect(hour('3/05/2022 3:00:00 other', { file }, '3/05/2022 2:05:33 xyz')).to.equal('03:00:00 ? 15:00:00');
  });
  it('an unknown word is learnt from the header pair', () => {
    // 2:05 is +08:00 of 18:05 the day before; 14:05 would be +20:00. The line in question is the launch itself: its UTC is that of the header.
    expect(hour('3/05/2022 2:05:33 xyz', {}, '3/05/2022 2:05:33 xyz UTC:2/05/2022 18:05:33')).to.equal('18:05:33');
  });
  it('an hour above 12 with a word is read as 24-hour, with a warning', () => {
    expect(codes(clockOf(['3/05/2022 14:05:33 PM'], { dateOrder: 'dmy' }))).to.deep.equal(['log-suspicious']);
  });
});

describe('offset and daylight saving (reference 3.4)', () => {
  const header = '3/04/2022 2:41:10 AM UTC:2/04/2022 1:41:10 PM';
  it('the header pair is the offset at launch', () => {
    expect(clockOf([header]).offsetMinutes).to.equal(780);
    expect(times([header, '3/04/2022 2:58:11 AM'])).to.deep.equal(['2022-04-02T13:41:10Z', '2022-04-02T13:58:11Z']);
    for (const [local, utc, minutes] of [['15/06/2022 12:00:00', '15/06/2022 6:15:00', 345], ['15/06/2022 8:00:00', '15/06/2022 12:00:00', -240], ['15/06/2022 12:00:00', '15/06/2022 12:00:00', 0]] as const) {
      expect(clockOf([`${local} UTC:${utc}`]).offsetMinutes, local).to.equal(minutes);
    }
  });
  const jumps: readonly (readonly [name: string, lines: readonly string[], expected: readonly string[], problems: number])[] = [
    ['back by an hour: the end of daylight saving', [header, '3/04/2022 2:58:11 AM', '3/04/2022 2:04:30 AM', '3/04/2022 2:10:00 AM'], ['2022-04-02T13:41:10Z', '2022-04-02T13:58:11Z', '2022-04-02T14:04:30Z', '2022-04-02T14:10:00Z'], 1],
    ['back by 30 minutes still is', [header, '3/04/2022 2:59:59 AM', '3/04/2022 2:29:59 AM'], ['2022-04-02T13:41:10Z', '2022-04-02T13:59:59Z', '2022-04-02T14:29:59Z'], 1],
    ['back by less is not', [header, '3/04/2022 2:59:59 AM', '3/04/2022 2:30:00 AM'], ['2022-04-02T13:41:10Z', '2022-04-02T13:59:59Z', '2022-04-02T13:30:00Z'], 0],
    ['back by more than 90 minutes is not', [header, '3/04/2022 2:59:59 AM', '3/04/2022 1:29:58 AM'], ['2022-04-02T13:41:10Z', '2022-04-02T13:59:59Z', '2022-04-02T12:29:58Z'], 0],
    ['a second step back changes nothing more', [header, '3/04/2022 2:58:11 AM', '3/04/2022 2:04:30 AM', '3/04/2022 1:10:00 AM'], ['2022-04-02T13:41:10Z', '2022-04-02T13:58:11Z', '2022-04-02T14:04:30Z', '2022-04-02T13:10:00Z'], 1],
  ];
  for (const [name, lines, expected, problems] of jumps) it(name, () => {
    expect(times(lines, { dateOrder: 'dmy' })).to.deep.equal(expected);
    const clock = clockOf(lines, { dateOrder: 'dmy' });
    for (const text of lines) clock.moment(lineOf(text.replace(/ UTC:.*/, '')));
    expect(codes(clock)).to.deep.equal(Array.from({ length: problems }, () => 'log-suspicious'));
  });
  it('a zone gives the offset of every line', () => {
    // New Zealand: +13:00 until 2022-04-03 03:00, +12:00 from then on.
    expect(times(['2022-04-02 12:00:00', '2022-04-03 12:00:00'], { zone: 'Pacific/Auckland' })).to.deep.equal(['2022-04-01T23:00:00Z', '2022-04-03T00:00:00Z']);
  });
  it('of the repeated hour the order of the file chooses the reading', () => {
    expect(times(['2022-04-03 01:59:00', '2022-04-03 02:40:00', '2022-04-03 02:10:00', '2022-04-03 02:50:00', '2022-04-03 03:00:00'], { zone: 'Pacific/Auckland' }))
      .to.deep.equal(['2022-04-02T12:59:00Z', '2022-04-02T13:40:00Z', '2022-04-02T14:10:00Z', '2022-04-02T14:50:00Z', '2022-04-02T15:00:00Z']);
  });
  it('without an earlier line both readings are kept', () => {
    expect(times(['2022-04-03 02:40:00'], { zone: 'Pacific/Auckland' })).to.deep.equal(['2022-04-02T13:40:00Z ? 2022-04-02T14:40:00Z']);
  });
  it('and stay kept until the clock steps back', () => {
    expect(times(['2022-04-03 02:40:00', '2022-04-03 02:45:00', '2022-04-03 02:10:00'], { zone: 'Pacific/Auckland' })).to.deep.equal([
      '2022-04-02T13:40:00Z ? 2022-04-02T14:40:00Z', '2022-04-02T13:45:00Z ? 2022-04-02T14:45:00Z', '2022-04-02T14:10:00Z',
    ]);
  });
  it('the header says which reading a launch in the repeated hour has', () => {
    expect(times(['2022-04-03 02:40:00 UTC:2022-04-02 14:40:00'], { zone: 'Pacific/Auckland' })).to.deep.equal(['2022-04-02T14:40:00Z']);
  });
  it('a header against the configured zone wins', () => {
    expect(times(['2022-06-15 12:00:00 UTC:2022-06-15 10:00:00', '2022-06-15 13:00:00'], { zone: 'Pacific/Auckland' })).to.deep.equal(['2022-06-15T10:00:00Z', '2022-06-15T11:00:00Z']);
  });
  it('header and zone together know the start of daylight saving', () => {
    // Berlin: +01:00 until 2022-03-27 02:00, +02:00 from then on.
    expect(times(['2022-03-27 01:30:00 UTC:2022-03-27 00:30:00', '2022-03-27 03:30:00'], { zone: 'Europe/Berlin' })).to.deep.equal(['2022-03-27T00:30:00Z', '2022-03-27T01:30:00Z']);
  });
  it('without header and zone the offset is unknown and said to be', () => {
    const clock = clockOf(['2022-06-15 12:00:00']);
    expect(clock.moment(lineOf('2022-06-15 12:00:00'))).to.deep.equal({ ms: Date.UTC(2022, 5, 15, 12), precision: 's', basis: 'assumed' });
  });
  it('states precision and basis', () => {
    expect(clockOf(['[15.06.2022 12:00:00.125]'], { zone: 'UTC' }).moment(lineOf('[15.06.2022 12:00:00.125]'))).to.deep.equal({ ms: Date.UTC(2022, 5, 15, 12, 0, 0, 125), precision: 'ms', basis: 'config', offsetMinutes: 0 });
    expect(clockOf(['2022-06-15 12:00:00 UTC:2022-06-15 10:00:00']).moment(lineOf('2022-06-15 12:00:00'))).to.deep.equal({ ms: Date.UTC(2022, 5, 15, 10), precision: 's', basis: 'header', offsetMinutes: 120 });
  });
});

describe('dates inside messages (reference 3.5)', () => {
  const inner = (lines: readonly string[], text: string, options: Partial<FileClockOptions> = {}): string | undefined => {
    const ms = clockOf(lines, options).inner(text);
    return ms === undefined ? undefined : new Date(ms).toISOString();
  };
  it('have the order and offset of the file', () => {
    expect(inner(['13/05/2022 10:00:00 UTC:12/05/2022 22:00:00'], '3/05/2022 09:00:00')).to.equal('2022-05-02T21:00:00.000Z');
    expect(inner(['5/13/2022 10:00:00 UTC:5/12/2022 22:00:00'], '3/05/2022 09:00:00')).to.equal('2022-03-04T21:00:00.000Z');
  });
  it('have the offset of their own day where a zone is configured', () => {
    expect(inner(['2022-07-01 10:00:00'], '2022-01-01 10:00:00', { zone: 'Europe/Berlin' })).to.equal('2022-01-01T09:00:00.000Z');
  });
  it('are left as text where order or offset are unknown', () => {
    expect(inner(['3/05/2022 10:00:00'], '3/05/2022 09:00:00')).to.equal(undefined);
    expect(inner(['2022-07-01 10:00:00'], '2022-07-01 09:00:00')).to.equal(undefined);
    expect(inner(['13/05/2022 10:00:00 UTC:12/05/2022 22:00:00'], 'yesterday')).to.equal(undefined);
  });
  it('in the bracketed dialect are read where they have one reading only', () => {
    expect(inner(['[21.11.2023 15:11:40] UTC:21/11/2023 15:11:40'], '20/11/2023 09:00:00')).to.equal('2023-11-20T09:00:00.000Z');
    expect(inner(['[21.11.2023 15:11:40] UTC:21/11/2023 15:11:40'], '3/5/2023 09:00:00')).to.equal(undefined);
  });
});
