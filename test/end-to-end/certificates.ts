/** Certificates for tests, made by openssl: an authority, a server certificate for localhost, one for another name, a client certificate, a stranger's. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates { readonly folder: string; readonly file: (name: string) => string }

export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
}

export function makeCertificates(folder: string): Certificates {
  const openssl = (...args: string[]): void => { execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' }); };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  for (const authority of ['ca', 'stranger']) openssl('req', '-x509', ...key, '-days', '2', '-subj', `/CN=${authority}`, '-keyout', `${authority}.key`, '-out', `${authority}.crt`);
  const names = { srv: 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n', other: 'subjectAltName=DNS:other.example\nextendedKeyUsage=serverAuth\n', cli: 'extendedKeyUsage=clientAuth\n' };
  for (const [name, extensions] of Object.entries(names)) {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    openssl('req', ...key, '-subj', `/CN=${name}.example`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.crt`);
  }
  return { folder, file: (name) => join(folder, name) };
}
