/** Events with any of the fields and values that strangers would choose. */
import fc from 'fast-check';
import { fieldKinds } from '../../src/event-fields.ts';
import type { Event, FieldName } from '../../src/event.ts';

const pieces = ['CEF:0|a|b', 'CEF:', '|', '=', '\\', '\\n', '\\=', ' ', '  ', ',', ';', '"', ']', '\n', '\r\n', '\r', '\t', '\u0000', '\u007f', '\u0085', '\u2028', '\ufeff', '\u202e', '😀', '\ud83d', '\ude00', 'é', 'msg=', ' rt=1', 'cs1Label=', '{"a":1}', 'a', 'Inbox', 'C:\\new', '...', '\u00a0'];
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...pieces, 'x'), fc.integer({ min: 100, max: 3000 })).map(([piece, times]) => piece.repeat(times)) },
);

const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  keyword: hostileText, text: hostileText,
  date: fc.integer({ min: 0, max: 4_102_444_800_000 }).map((ms) => new Date(ms).toISOString()),
  long: fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 2_147_483_647, 2_147_483_648, -1)), float: fc.double(), boolean: fc.boolean(),
  ip: fc.oneof(fc.ipV4(), fc.ipV6()),
};

/** Closed lists are respected: whoever breaks them is found by the contract test, not by the writers. */
export const anyEvent: fc.Arbitrary<Event> = fc.record(Object.fromEntries((Object.keys(fieldKinds) as FieldName[]).map((name) => {
  const { type, isList, allowed } = fieldKinds[name];
  const value = allowed === undefined ? values[type]! : fc.constantFrom(...allowed);
  return [name, isList ? fc.array(value, { maxLength: 8 }) : value];
})), { requiredKeys: [] });
