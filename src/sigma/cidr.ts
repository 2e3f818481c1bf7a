/** Addresses and networks as rules compare them (RFC 4291, RFC 4632). */

const maxAddressText = 64;

/**
 * The bytes of an address, 4 or 16. A zone of an IPv6 address is left away, an IPv4 address mapped into IPv6 counts as IPv4. Undefined for anything else:
 * host names, ports, brackets, blanks, and parts of IPv4 with leading zeros, which some programs read as octal.
 */
export function readAddress(text: string): readonly number[] | undefined {
  if (text.length > maxAddressText) return undefined;
  if (!text.includes(':')) return readIpv4(text);
  const bytes = readIpv6(text.replace(/%[^%]+$/, ''));
  return bytes !== undefined && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/**
 * Whether an address lies in a network.
 *
 * @param network an address, as `readAddress` reads it; one that it does not read holds nothing
 * @param prefixLength bits, of the address as written: 96 and more for a network of mapped addresses
 */
export function createNetworkTest(network: string, prefixLength: number): (text: string) => boolean {
  const base = readAddress(network);
  if (base === undefined) return () => false;
  const bits = base.length === 4 && network.includes(':') ? prefixLength - 96 : prefixLength;
  return (text) => {
    const address = readAddress(text);
    return address?.length === base.length && base.every((byte, at) => {
      const left = bits - at * 8;
      return left <= 0 || (left >= 8 ? byte === address[at] : (byte ^ (address[at] ?? 0)) >> (8 - left) === 0);
    });
  };
}

function readIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255) ? parts.map(Number) : undefined;
}

function readIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, at) => readGroups(half, at === halves.length - 1));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  // `::` stands for one group of zeros at least (RFC 4291 2.2).
  return tail === undefined || head.length + tail.length > 14 ? undefined : [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail];
}

/** Bytes of groups between colons; the last may be an IPv4 address. */
function readGroups(text: string, isEnd: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [at, group] of groups.entries()) {
    const embedded = isEnd && at === groups.length - 1 && group.includes('.') ? readIpv4(group) : undefined;
    if (embedded !== undefined) bytes.push(...embedded);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
}
