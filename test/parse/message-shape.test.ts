import { expect } from 'chai';
import fc from 'fast-check';
import { maxShapedText } from '../../src/limits.ts';
import { shapeOf, templateOf } from '../../src/parse/message-shape.ts';
import { readTemplate } from '../../src/parse/template.ts';
import { expectProportional } from '../proportional.ts';

const rows: readonly (readonly [name: string, message: string, template: string])[] = [
  ['nothing', '', ''],
  ['words only', 'Access token is valid', 'Access token is valid'],
  ['numbers', 'found 12 of 16783 items', 'found {count:count} of {count-2:count} items'],
  ['digits inside a word', 'Office365 region', 'Office365 region'],
  ['a name before the value', 'Port: 9194, port=9195', 'Port: {port:count}, port={port-2:count}'],
  ['quotes', "Sending 'It's \"new\"'... and \"x\"", "Sending '{value}'... and \"{value-2}\""],
  ['text between two quotes', 'copy "a" over "b"', 'copy "{value}" over "{value-2}"'],
  ['an apostrophe is no quote', "the user's mailbox isn't here", "the user's mailbox isn't here"],
  ['GUID', 'Job b0f2075d-9266-581d-a8a2-affbe975d46f done', 'Job {guid:guid} done'],
  ['braces', 'Job {b0f2075d-9266-581d-a8a2-affbe975d46f}', 'Job {{{guid:guid}}}'],
  ['date and time of a culture', 'until 3/05/2022 10:00:00 AM now', 'until {date:date} now'],
  ['date and time of another', 'until 03.05.2022 10:00 now', 'until {date:date} now'],
  ['ISO time', 'until 2022-05-03T10:00:00.123Z now', 'until {date:date} now'],
  ['a date alone', 'on 2022-05-03 and 3.5.2022 and 5/3/2022', 'on {date:date} and {date-2:date} and {date-3:date}'],
  ['time span', 'took 00:00:02.1180043 or 1.02:00:00', 'took {duration:duration} or {duration-2:duration}'],
  ['IPv4 with port', 'from 192.0.2.1:9194', 'from {ip:ip}:{count:count}'],
  ['IPv6 with zone', 'from fe80::25%12 to ::1', 'from {ip:ip} to {ip-2:ip}'],
  ['a version is no address', 'version 11.0.1.1261 and 11.0.1', 'version {version:version} and {version-2:version}'],
  ['path with blanks', 'to C:\\Users\\Ann Lee\\x y.pst...', 'to {path:path}...'],
  ['path of a share', "to '\\\\fs01\\share\\x'", "to '{value}'"],
  ['mail address', 'to ann.lee@contoso.example.', 'to {upn:upn}.'],
  ['account', 'for CONTOSO\\svc_backup$', 'for {account:account}'],
  ['size', 'of 79.1 KB, 1,5 MB', 'of {size:size}, {size-2:size}'],
  ['opaque id', 'key 5f2c77aa90', 'key {id:id}'],
  ['machine', 'at vb365.contoso.example', 'at {host:host}'],
];

describe('shapeOf', () => {
  for (const [name, message, template] of rows) it(name, () => { expect(templateOf(shapeOf(message))).to.equal(template); });
  it('what follows the first characters is one field', () => {
    const [at, over] = ['a'.repeat(maxShapedText), `${'word '.repeat(maxShapedText / 5)}x`];
    expect(templateOf(shapeOf(at))).to.equal(at);
    expect(templateOf(shapeOf(over))).to.equal(`${'word '.repeat(maxShapedText / 5)}{value:rest}`);
  });
  it('never throws, and its fields have names and types', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string({ maxLength: 600 }), fc.array(fc.constantFrom('1', '.', ':', '\\', "'", '"', 'C:\\', '@', '{', '}', ' ', 'ab', '/', ', ', '%'), { maxLength: 300 }).map((list) => list.join(''))), (message) => {
      // Side by side fields and blanks at the start are left for the check of suggestions; names and types never are wrong.
      const { faults } = readTemplate(templateOf(shapeOf(message)));
      expect(faults.filter((fault) => !/text must stand|begins with a blank|line break|no text of its own/.test(fault))).to.deep.equal([]);
    }), { numRuns: 300 });
  });
  for (const piece of ['1.', "'", 'a@', '\\\\', ':', 'C:\\', 'a.', '1/', '9', 'a-', 'a', '1 ']) {
    it(`takes time in proportion to a text of ${piece}`, () => expectProportional((size) => shapeOf(piece.repeat(size)), 200));
  }
});
