/** A small deterministic generator (sfc32, public domain): the same label gives the same numbers on every machine. */
export interface Random {
  /** in [0, 1) */
  next(): number;
  /** whole number, both ends included */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
  /** lower-case hexadecimal digits */
  hex(digits: number): string;
  /** GUID-shaped, version nibble 4 */
  guid(): string;
  /** An independent generator: what is drawn from it changes nothing here. */
  fork(label: string): Random;
}

/** A generator for a label; two labels give unrelated numbers. */
export function createRandom(label: string): Random {
  let [a, b, c, d] = seedOf(label);
  function word(): number {
    const sum = (a + b + d) >>> 0;
    d = (d + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  }
  for (let i = 0; i < 16; i += 1) word();
  const random: Random = {
    next: () => word() / 4_294_967_296,
    int: (min, max) => min + Math.floor(random.next() * (max - min + 1)),
    chance: (probability) => random.next() < probability,
    pick: (list) => {
      const found = list[random.int(0, list.length - 1)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
    shuffle: (list) => list.map((entry) => ({ entry, at: random.next() })).sort((x, y) => x.at - y.at).map(({ entry }) => entry),
    hex: (digits) => Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join(''),
    guid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${random.hex(3)}-${random.hex(12)}`,
    fork: (name) => createRandom(`${label}/${name}`),
  };
  return random;
}

/** FNV-1a with four different bases. */
function seedOf(label: string): [number, number, number, number] {
  const hash = (basis: number): number => {
    let value = basis >>> 0;
    for (let i = 0; i < label.length; i += 1) value = Math.imul(value ^ label.charCodeAt(i), 16_777_619) >>> 0;
    return value;
  };
  return [hash(0x811c9dc5), hash(0x01000193), hash(0x9e3779b9), 1];
}
