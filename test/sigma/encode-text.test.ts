import { expect } from 'chai';
import { base64Cores, base64Text, textBytes } from '../../src/sigma/encode-text.ts';

describe('texts in other encodings', () => {
  it('foo in Base64', () => { expect(base64Text(textBytes('foo'))).to.equal('Zm9v'); });
  it('foo at every offset', () => { expect(base64Cores(textBytes('foo'))).to.deep.equal(['Zm9v', 'Zvb', 'mb2']); });
  it('é is two bytes, and is cut by bytes', () => { expect(base64Cores(textBytes('é'))).to.deep.equal(['w6', 'Op', 'Dq']); });
  it('foo in UTF-16 little endian', () => { expect(base64Text(textBytes('foo', 'utf16le'))).to.equal('ZgBvAG8A'); });
  it('foo in UTF-16 big endian', () => { expect(base64Text(textBytes('foo', 'utf16be'))).to.equal('AGYAbwBv'); });
  it('foo in UTF-16 with a byte order mark', () => { expect(base64Text(textBytes('foo', 'utf16'))).to.equal('//5mAG8AbwA='); });
  it('foo in UTF-16 at every offset', () => { expect(base64Cores(textBytes('foo', 'utf16le'))).to.deep.equal(['ZgBvAG8A', 'YAbwBvA', 'mAG8Abw']); });
  it('one byte leaves nothing at one offset', () => { expect(base64Cores(textBytes('a'))).to.deep.equal(['Y', '', 'h']); });
  it('every core occurs in Base64 whatever stands before and after', () => {
    for (const content of ['ab', 'abc', 'abcd', 'größer']) {
      const cores = base64Cores(textBytes(content));
      for (const [shift, core] of cores.entries()) {
        for (const before of ['', 'xyz', '\u0001\u0002\u0003']) for (const after of ['', 'z', '\u007f~']) expect(base64Text(textBytes(before + 'Q?'.slice(0, shift) + content + after)), content).to.include(core);
      }
    }
  });
});
