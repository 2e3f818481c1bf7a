/** Certificates and key of a destination. Read for each connection, so that renewed files are used without a restart. */
import { readFile } from 'node:fs/promises';
import type { DestinationSettings, Secret } from '../config/config.ts';
import type { Problem } from '../errors.ts';

export interface Credentials { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer | string }

/** A problem (`send-certificate`) when a file cannot be read or a variable is not set. */
export async function readCredentials({ id, syslog: { ca, certificate, key } }: DestinationSettings): Promise<Credentials | Problem> {
  let file = '';
  const read = async (path: string): Promise<Buffer> => await readFile(file = path);
  try {
    return {
      ...(ca === undefined ? {} : { ca: await read(ca) }),
      ...(certificate === undefined ? {} : { cert: await read(certificate) }),
      ...(key === undefined ? {} : { key: 'file' in key ? await read(key.file) : fromEnvironment(key) }),
    };
  } catch (error) {
    return { code: 'send-certificate', message: `certificate or key of ${id} cannot be read: ${(error as Error).message}`, remedy: 'check the path and who may read it', ...(file === '' ? {} : { file }) };
  }
}

function fromEnvironment(key: Extract<Secret, { readonly env: string }>): string {
  const value = process.env[key.env];
  if (value === undefined || value === '') throw new Error(`environment variable ${key.env} is not set`);
  return value;
}
