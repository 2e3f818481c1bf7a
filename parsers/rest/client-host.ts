import { isIpAddress } from '../../src/text/ip-address.ts';

export interface Client {
  /** name of the machine, as that machine states it */
  readonly host?: string;
  readonly ip?: string;
  /** address of the provider's cloud gateway, never of the client */
  readonly gateway?: string;
}

/** `{host} (via: {ip})`, `{host}` or `{ip}` (formats/rest-api.md 4.3). */
export function readClientHost(text: string | undefined): Client {
  const m = /^(?<host>.*?)(?: \(via: (?<via>[^()]+)\))?$/s.exec((text ?? '').trim());
  const host = m?.groups?.['host']?.trim() ?? '';
  const via = m?.groups?.['via']?.trim();
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return {
    ...(host === '' || host.startsWith('(via: ') ? {} : isIpAddress(address) ? { ip: address } : { host }),
    ...(via === undefined || !isIpAddress(via) ? {} : { gateway: via }),
  };
}
