/** Reading a configuration from disk. */
import { X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Problem } from '../errors.ts';
import { maxYamlBytes } from '../limits.ts';
import type { Terminal } from './terminal.ts';

export interface ReadConfig {
  readonly config?: Config;
  readonly problems: readonly Problem[];
  /** content of the file, for showing the lines that are wrong */
  readonly text?: string;
}

/** @param looks also look at the certificates, secrets and folders that the file names */
export function readConfig(file: string, terminal: Terminal, looks = false): ReadConfig {
  const path = resolve(terminal.cwd, file);
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > maxYamlBytes) return { problems: [{ code: 'config-limit', message: `the file has ${size} bytes; at most ${maxYamlBytes} are read`, remedy: 'is this the configuration?', file: path, line: 1, column: 1 }] };
    bytes = readFileSync(path);
  } catch (error) {
    const code = existsSync(path) ? 'read-unreadable' : 'read-missing';
    return { problems: [{ code, message: `configuration ${reasonOf(error)}`, remedy: 'check the path after -c; `vb365-siem config init` writes a sample', file: path }] };
  }
  let text: string;
  try {
    text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problems: [{ code: 'config-syntax', message: 'the file is not UTF-8 text', remedy: 'save it as UTF-8', file: path, line: 1, column: 1 }] };
  }
  return { text, ...loadConfig(text, path, { platform: process.platform, ...(looks ? { check: whyUnusable } : {}) }) };
}

/** The file of `-c`, else the one that a folder to be read brings along. */
export function configFileOf(given: string | undefined, paths: readonly string[], terminal: Terminal): string | undefined {
  if (given !== undefined || paths.length !== 1) return given;
  const inside = join(resolve(terminal.cwd, paths[0] ?? ''), 'vb365-siem.yml');
  return existsSync(inside) ? inside : undefined;
}

function whyUnusable(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK);
    if (/\.(pem|crt|cer)$/i.test(path) && statSync(path).isFile()) {
      const content = readFileSync(path, 'latin1');
      // A file of keys only is a key under a certificate's name; TLS would say so much later.
      if (content.includes('-----BEGIN CERTIFICATE-----')) new X509Certificate(content);
    }
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: no permission';
  if (code === 'EISDIR') return 'is a folder';
  return error instanceof Error ? error.message : String(error);
}
