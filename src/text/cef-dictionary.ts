/** The keys of the CEF dictionary (standard v27, with the additions of 1.2) that a producer may write, and those that only a consumer may write. */

export type CefType = 'string' | 'ipv4' | 'ipv6' | 'time' | 'int' | 'long' | 'double' | 'mac' | 'label';
export interface CefKeyKind {
  readonly type: CefType;
  /** most bytes of the value */
  readonly maxBytes?: number;
}

const numbered = (key: string, from: number, to: number): readonly string[] => Array.from({ length: to - from + 1 }, (_, index) => `${key}${String(from + index)}`);

/** Keys that mean something only beside `<key>Label`. `c6a2` is the traditional slot of the IPv6 source: a column of Sentinel, but no longer in the dictionary. */
const custom: readonly (readonly [readonly string[], CefKeyKind, number])[] = [
  [numbered('c6a', 1, 4), { type: 'ipv6' }, 1023],
  [numbered('cfp', 1, 4), { type: 'double' }, 1023],
  [numbered('cn', 1, 3), { type: 'long' }, 1023],
  [numbered('cs', 1, 6), { type: 'string', maxBytes: 4000 }, 1023],
  [numbered('deviceCustomDate', 1, 2), { type: 'time' }, 1023],
  [['flexDate1'], { type: 'time' }, 128],
  [numbered('flexString', 1, 2), { type: 'string', maxBytes: 1023 }, 128],
];

const strings: Readonly<Record<number, string>> = {
  31: 'app proto',
  32: 'threatAttackID',
  40: 'externalId threatActor',
  63: 'act outcome',
  64: 'reportedResourceName reportedResourceType',
  100: 'dvchost',
  128: 'deviceInboundInterface deviceOutboundInterface devicePayloadId reportedResourceGroupName',
  255: 'destinationDnsDomain sourceDnsDomain deviceDnsDomain deviceExternalId deviceNtDomain dntdom sntdom dtz fileHash oldFileHash',
  256: 'reportedResourceID frameworkName',
  1023: 'cat destinationServiceName sourceServiceName deviceFacility deviceProcessName dhost shost dpriv spriv dproc sproc duid suid duser suser '
    + 'fileId filePath filePermission fileType oldFileId oldFilePath oldFilePermission oldFileType fname oldFileName msg reason '
    + 'request requestClientApplication requestCookies requestMethod',
  2048: 'requestContext',
};
const others: Readonly<Record<Exclude<CefType, 'string' | 'label' | 'ipv6' | 'double'>, string>> = {
  ipv4: 'dst src dvc destinationTranslatedAddress sourceTranslatedAddress deviceTranslatedAddress',
  time: 'start end rt fileCreateTime fileModificationTime oldFileCreateTime oldFileModificationTime',
  mac: 'dmac smac',
  int: 'cnt destinationTranslatedPort sourceTranslatedPort deviceDirection dpid spid dvcpid dpt spt fsize oldFileSize in out type',
  long: 'reportedDuration customerKey sourceZoneKey destinationZoneKey deviceZoneKey sourceTranslatedZoneKey destinationTranslatedZoneKey deviceTranslatedZoneKey',
};

function words(text: string): readonly string[] {
  return text.split(' ');
}

export const customKeys: ReadonlySet<string> = new Set(custom.flatMap(([keys]) => keys));

export const cefDictionary: ReadonlyMap<string, CefKeyKind> = new Map([
  ...Object.entries(strings).flatMap(([maxBytes, keys]) => words(keys).map((key): [string, CefKeyKind] => [key, { type: 'string', maxBytes: Number(maxBytes) }])),
  ...Object.entries(others).flatMap(([type, keys]) => words(keys).map((key): [string, CefKeyKind] => [key, { type: type as CefType }])),
  ...custom.flatMap(([keys, kind, labelBytes]) => keys.flatMap((key): [string, CefKeyKind][] => [[key, kind], [`${key}Label`, { type: 'label', maxBytes: labelBytes }]])),
]);

const consumerKeys = new Set(words('agt ahost aid amac art at atz av agentDnsDomain agentNtDomain customerExternalID customerURI dlat dlong slat slong eventId rawEvent'));

/** Written by collectors and consoles about what they received; a producer that writes one of them is overwritten or believed wrongly. */
export function isConsumerKey(key: string): boolean {
  return consumerKeys.has(key) || /^agentTranslated|^agent[A-Za-z]*Zone|^(destination|device|source)[A-Za-z]*Zone(?!Key$)/.test(key);
}

/** Keys of our own carry the product's name. The dictionary knows no length for them; no column of a receiver takes more than a string key has. */
export function isOwnKey(key: string): boolean {
  return /^vb365[A-Z][A-Za-z0-9]*$/.test(key);
}
export const ownKeyKind: CefKeyKind = { type: 'string', maxBytes: 1023 };
