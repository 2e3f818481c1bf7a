import type { Print } from './stage.ts';

const texts: Readonly<Record<string, string>> = {
  H01: 'Server: {host} (CPUs: {cpus}, RAM: {ram} GB)', H02: 'Network:', H02a: 'IPv4: {ip4}, IPv6: {ip6}, Adapter: {adapter}', H03: 'OS: {os} ({bits})', H04: 'UTC Date & Time: {date}', H05: 'Timezone: {zone}', H06: 'Daylight: {zone}',
  H07: 'Account: {account}', H08: 'Log level: {level}', H09: '='.repeat(80), H10: '{executable}: Version={version}', H11: 'Command line parameters:',
  L01: 'Initializing license information...', L02: 'Product edition obtained: {edition}', L03: 'Requesting service providers...', L03o: 'successfully completed', L04: 'Service providers:', L04a: '{provider} (Id: {id})', L05: 'Export filter: {filter}.',
  A01: 'Validating if any of the required roles ({roles}) is assigned to the current user: {upn}...', A02: 'Required roles successfully validated',
  C01: 'Connecting to {product} service provider: {provider} ({value})...', C02: 'Creating Cloud Connect session...', C02o: 'successfully created', C03: 'Cloud Connect session:', C03a: 'ID: {id}', C03b: 'Service provider: {id}', C03c: 'Rule ID: {id}', C03d: 'Gateways:',
  C04: 'Connecting to {product} server using Windows authentication: {host} (port: {port}, user name: {user})...', C05: 'Connecting to {product} server at {host}:{port}...', C05o: 'Successfully connected', C06: 'Validating certificate chain...', C06o: 'Certificate chain validation successfully completed.',
  S01: 'Creating restore session with the following parameters:', S02: 'Scope: {scope}', S03: 'Organization ID: {id}', S04: 'Point in time: {date}', S05: 'ShowDeleted: {value}', S06: 'ShowAllVersions: {value}', S07: 'Restore session successfully created', S08: 'Restore session created (ID: {id})',
  B01: 'Counting items in: {folder}...', B01o: 'found {count} items.', B02: 'Loading {folder} items...',
  X01: 'Counting items...', X01o: 'found {count} items', X02: 'Exporting items...', X03: 'Starting item export: {class}, {name}, {size}, {path}, {target}...', X04: "Exporting item to file '{path}'...", X05: 'Item successfully exported',
  X06: 'Looking for Veeam Backup and Replication e-mail settings...', X06o: 'not specified', X07: 'Checking SMTP configuration...', X07a: 'Looking for Veeam Explorer for Microsoft Exchange e-mail settings...', X08: 'Exporting completed ({duration}).',
  X09: 'Export result: {saved} items saved, {failed} items failed, {skipped} items skipped, {total} total.',
  R01: 'Restoring message: {item}', R02: 'From: {path}', R03: 'To: {path}', R04: 'Creating {text} {bytes}',
  W01: 'Action: {action}', W02: 'Action started (action: {action}, data: {data}, API version: {version})',
  SV01: 'Validating access token for Office 365 region {region}...', SV02: 'Validating certificate...', SV02o: 'successfully validated', SV03: 'Found initial domain: {domain}', SV04: 'Access token is valid', SV05: 'Checking identity of the request from {ip}:{port}...', SV06: 'Identity check passed',
  E01: 'Error: {text}', E02: 'Type: {type}', E03: 'Stack:',
};

export const interimPrint: Print = (id, fields = {}) => {
  const text = texts[id];
  if (text === undefined) throw new RangeError(`no message ${id}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields[name];
    if (value === undefined) throw new RangeError(`${id}: no ${name}`);
    return value;
  });
};
