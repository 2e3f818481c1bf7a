/** What the schema found wrong, in the words of the file: code, sentence, remedy, and the place in the file. */
import type { ProblemCode } from '../errors.ts';
import type { SchemaFault } from '../text/json-schema.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { YamlPath } from '../text/yaml-document.ts';
import { hasUserInfo } from './config-values.ts';

/** A problem before its place in the file is looked up. */
export interface PlacedProblem { readonly code: ProblemCode; readonly message: string; readonly remedy?: string; readonly path: YamlPath; readonly part: 'key' | 'value' }

/** What a text of each format or definition must look like. */
const expectations: Readonly<Record<string, string>> = {
  'time-zone': 'write an IANA zone such as Pacific/Auckland or UTC',
  culture: 'write a culture such as en-NZ or de-DE',
  'code-page': 'write a code page such as windows-1252 or cp850',
  'duration-text': 'write a whole number and a unit: 60s, 15m, 12h, 30d',
  'size-text': 'write a whole number and a unit: 8000B, 64KiB, 2GiB',
  'listen-address': 'write HOST:PORT, such as 127.0.0.1:2525',
  'syslog-url': 'write udp://, tcp://, tls://, relp:// or relp+tls:// with host and port, such as tls://siem.example:6514',
  'https-url': 'write https://HOST or https://HOST:PORT, nothing behind it',
  'imap-url': 'write imaps://HOST or imaps://HOST:PORT, nothing behind it',
  'ip-address': 'write an IPv4 or IPv6 address',
  uuid: 'write the id as 8-4-4-4-12 hexadecimal digits',
  date: 'write YYYY-MM-DD',
  id: 'use small letters, digits and hyphens, at most 40',
  clock: 'write HH:MM in 24 hours, in quotation marks',
  text: 'write a text that is not blank',
  path: 'write a path',
  fingerprint: 'write 32 pairs of hexadecimal digits with colons between (SHA-256)',
  env: 'write the name of an environment variable',
  facility: 'write a whole number from 0 to 23',
  tenants: 'write ids of tenants, or "*" alone',
};
const typeWords: Readonly<Record<string, string>> = { object: 'a map (key: value)', array: 'a list', string: 'a text', integer: 'a whole number', boolean: 'true or false' };
const secretRemedy = 'put it into a file of its own and write { file: PATH }, or { env: NAME }';

/** One problem of one fault; undefined for faults that only repeat another one. */
export function shapeProblem(fault: SchemaFault): PlacedProblem | undefined {
  const { keyword, path, params, value } = fault;
  const name = placeName(path);
  const at = { path, part: 'value' } as const;
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys(fault.schema['properties'] ?? {});
      const near = nearestName(key, known);
      return { code: 'config-unknown-key', message: `${quote(key)} is not a key of ${name}`, remedy: near === undefined ? `known keys: ${known.join(', ')}` : `did you mean ${quote(near)}?`, path: [...path, key], part: 'key' };
    }
    case 'required': return { code: 'config-missing', message: `${name} has no ${quote(String(params['missingProperty']))}`, remedy: `add the key ${quote(String(params['missingProperty']))}`, ...at };
    case 'discriminator': {
      const types = ['files', 'mail-folder', 'mail-listener', 'mail-imap', 'rest'];
      if (params['tagValue'] === undefined) return { code: 'config-missing', message: `${name} has no "type"`, remedy: `add the key "type": ${types.join(', ')}`, ...at };
      return choiceProblem(params['tagValue'], types, { ...at, path: [...path, 'type'] });
    }
    case 'enum': case 'const': return choiceProblem(value, keyword === 'enum' ? params['allowedValues'] : [params['allowedValue']], at);
    case 'type': {
      if (isSecret(fault)) return { code: 'config-secret', message: `${name} is written into the file`, remedy: secretRemedy, ...at };
      const wanted = String(params['type']);
      const expected = expectationOf(fault);
      return { code: 'config-value', message: `${name} must be ${typeWords[wanted] ?? wanted}, not ${describe(value)}`, remedy: expected ?? (wanted === 'string' ? 'put the value into quotation marks' : wanted === 'array' ? 'write it as a list: [ … ]' : `write ${typeWords[wanted] ?? wanted}`), ...at };
    }
    case 'uniqueItems': return { code: 'config-duplicate', message: `${name} holds one value twice`, remedy: 'remove one of them', path: [...path, Number(params['i'])], part: 'value' };
    case 'minItems': return { code: 'config-value', message: `${name} is empty`, remedy: 'give at least one', ...at };
    case 'minProperties': return { code: 'config-missing', message: `${name} is empty`, remedy: isSecret(fault) ? secretRemedy : 'give a name or an id', ...at };
    case 'maxProperties': return { code: 'config-value', message: `${name} has more than one key`, remedy: isSecret(fault) ? secretRemedy : 'keep one of them', ...at };
    case 'oneOf': case 'if': return undefined;
    // Whatever holds user information is reported as a secret, and its value is not repeated.
    case 'format': if (typeof value === 'string' && hasUserInfo(value)) return undefined; break;
    default: break;
  }
  return { code: 'config-value', message: `${name} is ${describe(value)}`, remedy: expectationOf(fault) ?? `it ${fault.message}`, ...at };
}

function choiceProblem(value: unknown, allowed: unknown, at: { readonly path: YamlPath; readonly part: 'value' }): PlacedProblem {
  const choices = (Array.isArray(allowed) ? allowed : []).map(String);
  const near = typeof value === 'string' ? nearestName(value, choices) : undefined;
  return { code: 'config-value', message: `${placeName(at.path)} is ${describe(value)}`, remedy: near === undefined ? `write ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}` : `did you mean ${quote(near)}?`, ...at };
}

function expectationOf(fault: SchemaFault): string | undefined {
  const format = fault.schema['format'];
  if (typeof format === 'string') return expectations[format];
  const definition = /#\/\$defs\/([a-z-]+)\/(?:pattern|type|maxLength)$/.exec(fault.schemaPath)?.[1] ?? fault.path.findLast((step) => typeof step === 'string');
  return fault.keyword === 'type' && definition === 'text' ? undefined : expectations[definition ?? ''];
}

/** The schema path of a referenced definition depends on whether ajv inlines it: the definition is told by what it holds. */
const isSecret = ({ schema }: SchemaFault): boolean => Object.hasOwn(schema['properties'] ?? {}, 'env') && Object.hasOwn(schema['properties'] ?? {}, 'file');

/** `tenants[0].organizations[1].name`, in quotation marks; indexes from 0, as in every tool that prints such a path. */
export function placeName(path: YamlPath): string {
  if (path.length === 0) return 'the file';
  return quote(path.reduce<string>((text, step) => typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`, ''));
}

const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}
