/**
 * One event while rules look at it: what a field holds, its folded form, and the answer of an item that several rules have in common are found once,
 * however many rules ask.
 */
import { createFieldReader, leafTexts, type FieldReader } from './field-values.ts';
import { fold } from './fold.ts';

/** Fields and items that the rules of one engine name, each with a number, so that a look-up costs an index and not a search. */
export interface FieldTable {
  /** @returns the number of the field, a new one for a new name */
  slotOf(name: string): number;
  /** @returns the number of the item, a new one for a new key; items of one key ask the same */
  itemSlotOf(key: string): number;
  readonly readers: readonly FieldReader[];
  itemCount(): number;
}

/** @returns a table without fields; rules add theirs while they are compiled */
export function createFieldTable(): FieldTable {
  const slots = new Map<string, number>();
  const items = new Map<string, number>();
  const readers: FieldReader[] = [];
  return {
    readers,
    slotOf(name) {
      const known = slots.get(name);
      if (known !== undefined) return known;
      slots.set(name, readers.length);
      return readers.push(createFieldReader(name)) - 1;
    },
    itemSlotOf(key) {
      const slot = items.get(key) ?? items.size;
      items.set(key, slot);
      return slot;
    },
    itemCount: () => items.size,
  };
}

/** The values of one field of one event. */
export interface Cell {
  /** undefined: the field is absent */
  readonly values: readonly unknown[] | undefined;
  /** texts, and numbers and truth values as text; null and objects have none */
  readonly texts: readonly string[];
  /** the same, folded, once somebody has asked */
  folded: readonly string[] | undefined;
  /** the folded texts behind each other, once somebody has asked */
  joined: string | undefined;
}

/** For the lists of one tenant: answers are kept. */
export interface EventView {
  readonly event: object;
  /** by number of the item: 0 not asked, 1 no, 2 yes */
  readonly answers: Uint8Array;
  /** by number of the field; filled as fields are asked for */
  readonly cells: (Cell | undefined)[];
  /** every text and number of the event, for keywords */
  leaves: Cell | undefined;
}

const absent: Cell = { values: undefined, texts: [], folded: [], joined: '' };

/** @returns the event, nothing of it looked at yet. @param table of rules that are compiled already; what is added later is asked every time */
export function createEventView(event: object, table: FieldTable): EventView {
  return { event, answers: new Uint8Array(table.itemCount()), cells: [], leaves: undefined };
}

/** @returns the cell of a field that holds these values */
export function createCell(values: readonly unknown[]): Cell {
  return { values, texts: textsOf(values), folded: undefined, joined: undefined };
}

/** What the field holds. */
export function cellAt(view: EventView, table: FieldTable, slot: number): Cell {
  const known = view.cells[slot];
  if (known !== undefined) return known;
  const values = table.readers[slot]?.(view.event);
  const cell = values === undefined ? absent : createCell(values);
  view.cells[slot] = cell;
  return cell;
}

/** What keywords are searched in. */
export function leavesOf(view: EventView): Cell {
  return view.leaves ??= createCell(leafTexts(view.event));
}

/** The texts of a cell in the form in which they are compared. */
export function foldedTexts(cell: Cell): readonly string[] {
  return cell.folded ??= cell.texts.map(fold);
}

/** Folded texts in one: what stands in none of them together stands in none alone. */
export function joinedTexts(cell: Cell): string {
  return cell.joined ??= foldedTexts(cell).join('\n');
}

function textsOf(values: readonly unknown[]): readonly string[] {
  const texts: string[] = [];
  for (const value of values) {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'number' || typeof value === 'boolean') texts.push(String(value));
  }
  return texts;
}
