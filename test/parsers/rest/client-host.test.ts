import { expect } from 'chai';
import { readClientHost, type Client } from '../../../parsers/rest/client-host.ts';

describe('readClientHost', () => {
  const rows: readonly (readonly [name: string, text: string, client: Client])[] = [
    ['host behind a gateway', 'CONTADM01 (via: 203.0.113.17)', { host: 'CONTADM01', gateway: '203.0.113.17' }],
    ['host behind an IPv6 gateway', 'CONTADM01 (via: 2001:db8::17)', { host: 'CONTADM01', gateway: '2001:db8::17' }],
    ['host', 'ADAVB01', { host: 'ADAVB01' }],
    ['qualified host', 'wgvdi07.woodgrove.example', { host: 'wgvdi07.woodgrove.example' }],
    ['address', '192.0.2.210', { ip: '192.0.2.210' }],
    ['IPv6 address', '2001:db8::5', { ip: '2001:db8::5' }],
    ['IPv6 address in brackets', '[2001:db8::5]', { ip: '2001:db8::5' }],
    ['address behind a gateway', '192.0.2.210 (via: 203.0.113.17)', { ip: '192.0.2.210', gateway: '203.0.113.17' }],
    ['something that only looks like an address', '999.1.1.1', { host: '999.1.1.1' }],
    ['a gateway that is no address is not believed', 'CONTADM01 (via: proxy)', { host: 'CONTADM01' }],
    ['an address inside a host name is no client address', 'host-203.0.113.9', { host: 'host-203.0.113.9' }],
    ['nothing', '', {}],
    ['a gateway alone', '(via: 203.0.113.17)', {}],
  ];
  for (const [name, text, client] of rows) it(name, () => { expect(readClientHost(text)).to.deep.equal(client); });
});
