/** Recorded Windows events beside public rules, as JSON of the event log, in the flat form that rules name fields in. */

type Properties = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Properties => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Events of a file: one object, a list of them, or one on each line. */
export function readRecordedEvents(text: string): readonly object[] {
  const whole = parsed(text);
  const found = whole === undefined ? text.split('\n').filter((line) => line.trim() !== '').map(parsed) : Array.isArray(whole) ? whole as readonly unknown[] : [whole];
  return found.filter(isMap).map(flatEvent);
}

/**
 * Fields of `EventData`, `UserData` and `System` by their own names, which is how rules without a mapping name them; names with blanks also without, and the
 * attributes of `System` as `Provider_Name`. A record of another form stays as it is.
 */
export function flatEvent(record: Properties): Properties {
  const { Event: event } = record;
  if (!isMap(event)) return record;
  const flat: Record<string, unknown> = {};
  const add = (name: string, value: unknown): void => {
    if (value === null || name.startsWith('#')) return;
    flat[name] = value;
    const joined = name.replaceAll(' ', '');
    if (!Object.hasOwn(flat, joined)) flat[joined] = value;
  };
  for (const [name, value] of Object.entries(isMap(event['System']) ? event['System'] : {})) {
    const attributes = isMap(value) ? value['#attributes'] : undefined;
    if (isMap(value) && Object.hasOwn(value, '#text')) add(name, value['#text']);
    else if (!isMap(value)) add(name, value);
    for (const [attribute, of] of Object.entries(isMap(attributes) ? attributes : {})) add(`${name}_${attribute}`, of);
  }
  for (const [name, value] of Object.entries(isMap(event['UserData']) ? event['UserData'] : {})) for (const [inner, of] of Object.entries(isMap(value) ? value : { [name]: value })) add(inner, of);
  for (const [name, value] of Object.entries(isMap(event['EventData']) ? event['EventData'] : {})) add(name, value);
  return flat;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
