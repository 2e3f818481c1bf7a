/** Lines that hold a value of users, told from their beginning: where no template knows such a line, a line break inside the value has broken it. */
import { createLeadTrie } from './lead-trie.ts';

const starts = ["Exporting item to file '", 'Starting item export: ', 'Restoring message: ', 'Counting items in: ', 'From: ', 'To: '];
const trie = createLeadTrie(starts.map((start) => Buffer.from(start, 'utf8')));
const found: number[] = [];

/** @param line UTF-8; `start` to `end` is the message */
export function beginsWithUserText(line: Buffer, start: number, end: number): boolean {
  return trie.walk(line, start, end, found) > 0;
}
