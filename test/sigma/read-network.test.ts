import { expect } from 'chai';
import { readNetwork, type Network } from '../../src/sigma/read-network.ts';

describe('networks', () => {
  const good: readonly (readonly [string, Network])[] = [
    ['192.0.2.0/24', { network: '192.0.2.0', prefixLength: 24 }],
    ['0.0.0.0/0', { network: '0.0.0.0', prefixLength: 0 }],
    ['198.51.100.7', { network: '198.51.100.7', prefixLength: 32 }],
    ['198.51.100.7/32', { network: '198.51.100.7', prefixLength: 32 }],
    ['2001:db8::/32', { network: '2001:db8::', prefixLength: 32 }],
    ['2001:db8::1', { network: '2001:db8::1', prefixLength: 128 }],
    ['2001:0DB8:0000::/48', { network: '2001:0DB8:0000::', prefixLength: 48 }],
    ['::ffff:192.0.2.0/120', { network: '::ffff:192.0.2.0', prefixLength: 120 }],
    ['::/0', { network: '::', prefixLength: 0 }],
  ];
  for (const [written, network] of good) it(written, () => { expect(readNetwork(written)).to.deep.equal(network); });

  const bad: readonly (readonly [string, string, string])[] = [
    ['bits behind the length', '192.0.2.1/24', '192.0.2.1/24 has bits set behind its first 24'],
    ['bits behind the length, version 6', '2001:db8::1/64', '2001:db8::1/64 has bits set behind its first 64'],
    ['a length that is too long', '192.0.2.0/33', 'the length of 192.0.2.0/33 is not a number from 0 to 32'],
    ['no length', '192.0.2.0/', 'the length of 192.0.2.0/ is not a number from 0 to 32'],
    ['a mask', '192.0.2.0/255.255.255.0', 'the length of 192.0.2.0/255.255.255.0 is not a number from 0 to 32'],
    ['a name', 'host.example/24', "'host.example/24' is no IPv4 or IPv6 network"],
    ['a part above 255', '192.0.2.256/32', "'192.0.2.256/32' is no IPv4 or IPv6 network"],
    ['a wildcard', '192.0.2.*', "'192.0.2.*' is no IPv4 or IPv6 network"],
    ['two lengths', '192.0.2.0/24/8', "'192.0.2.0/24/8' is no IPv4 or IPv6 network"],
    ['nothing', '', "'' is no IPv4 or IPv6 network"],
  ];
  for (const [name, written, message] of bad) it(`refused: ${name}`, () => { expect(readNetwork(written)).to.equal(message); });
});
