import { expect } from 'chai';
import { createNetworkTest, readAddress } from '../../src/sigma/cidr.ts';

describe('networks', () => {
  const rows: readonly (readonly [string, string, number, readonly string[], readonly string[]])[] = [
    ['a class A network', '10.0.0.0', 8, ['10.0.0.0', '10.255.255.255'], ['11.0.0.0', '9.255.255.255']],
    ['borders inside a byte', '192.0.2.64', 26, ['192.0.2.64', '192.0.2.127'], ['192.0.2.63', '192.0.2.128']],
    ['one address', '192.0.2.7', 32, ['192.0.2.7'], ['192.0.2.6', '192.0.2.8']],
    ['every IPv4 address', '0.0.0.0', 0, ['0.0.0.0', '255.255.255.255'], ['::', '::1']],
    ['IPv6', '2001:db8::', 32, ['2001:db8::1', '2001:DB8:ffff::', '2001:db8:0:0:0:0:0:0'], ['2001:db9::', '2001:db7:ffff:ffff::']],
    ['IPv6, borders inside a group', '2001:db8:0:8000::', 49, ['2001:db8:0:8000::', '2001:db8:0:ffff::1'], ['2001:db8:0:7fff::1', '2001:db8:1:8000::']],
    ['one IPv6 address', '::1', 128, ['::1', '0:0:0:0:0:0:0:1'], ['::2', '127.0.0.1']],
    ['every IPv6 address holds no IPv4', '::', 0, ['::', 'ffff::'], ['10.0.0.1', '::ffff:10.0.0.1']],
    ['zone left away', 'fe80::', 10, ['fe80::1%12', 'fe80::1%Ethernet 2', 'febf::1'], ['fec0::1%12', 'fe80::1%', 'fe80::1%a%b']],
    ['mapped address counts as IPv4', '10.0.0.0', 8, ['::ffff:10.1.2.3', '::FFFF:0a01:0203', '::ffff:10.1.2.3%2'], ['::10.1.2.3', '::ffff:11.1.2.3']],
    ['network of mapped addresses', '::ffff:10.0.0.0', 104, ['10.1.2.3', '::ffff:10.1.2.3'], ['11.0.0.0']],
    ['not an address', '10.0.0.0', 8, [], ['', '10.0.0', '10.0.0.1.2', '10.0.0.256', '10.0.0.1:443', '[::1]', ' 10.0.0.1', '10.0.0.1 ', '010.0.0.1', '10.0.0.1%2', 'host.example.com', '10.0.0.1\n', '0x0a000001', '167772161']],
    ['not an IPv6 address', '::', 0, [], [':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', '1:2:3:4:5:6:7::8', 'g::', '::1.2.3', '1.2.3.4::', ':1:2:3:4:5:6:7', '1:2:3:4:5:6:7:', `${'0:'.repeat(40)}1`]],
    ['a network that is none holds nothing', 'host', 0, [], ['10.0.0.1', '::1', 'host']],
  ];
  for (const [name, network, length, inside, outside] of rows) {
    it(name, () => {
      const test = createNetworkTest(network, length);
      expect(inside.filter((text) => !test(text)), 'inside').to.deep.equal([]);
      expect(outside.filter(test), 'outside').to.deep.equal([]);
    });
  }
  it('bytes', () => {
    expect(readAddress('192.0.2.1')).to.deep.equal([192, 0, 2, 1]);
    expect(readAddress('2001:db8::5')).to.deep.equal([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
    expect(readAddress('64:ff9b::192.0.2.33')).to.deep.equal([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 33]);
  });
});
