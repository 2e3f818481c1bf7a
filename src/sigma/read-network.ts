/** Networks as the modifier cidr takes them. */
import { isIpAddress } from '../text/ip-address.ts';

export interface Network { readonly network: string; readonly prefixLength: number }

/** `address/length`, or an address alone; a text that says what is wrong where it is no network. */
export function readNetwork(text: string): Network | string {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0 || text.length > 64 || !isIpAddress(address)) return `${shown(text)} is no IPv4 or IPv6 network`;
  const bits = addressBits(address);
  const width = address.includes(':') ? 128 : 32;
  if (length === undefined) return { network: address, prefixLength: width };
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > width) return `the length of ${text} is not a number from 0 to ${width}`;
  const prefixLength = Number(length);
  const hostBits = BigInt(width - prefixLength);
  if ((bits >> hostBits) << hostBits !== bits) return `${text} has bits set behind its first ${length}`;
  return { network: address, prefixLength };
}

const shown = (text: string): string => `'${text.slice(0, 64)}'`;

/** A valid address as a number; URL writes every spelling of IPv6 in one form. */
function addressBits(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string): readonly string[] => part === '' ? [] : part.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail ?? '')].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
