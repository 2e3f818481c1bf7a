/** The contract of parser folders, the same for those of the package and those of users; and that the built-in ones hold every row of the format reference. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { catalogueFolders } from '../../parsers/index.ts';
import { loadCatalogues } from '../../src/cli/load-catalogues.ts';
import { checkTogether, loadCatalogue, type Catalogue } from '../../src/parse/catalogue.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import { printMessage } from '../../src/parse/print-message.ts';
import { templateFields, templateRegex } from '../../src/parse/template.ts';

const bad = resolve('test/bad/parsers');
const builtIn = catalogueFolders.map((folder) => resolve('parsers', folder));

function catalogueOf(folder: string): Catalogue {
  const loaded = loadCatalogue(readFileSync(`${folder}/messages.yml`, 'utf8'), `${folder}/messages.yml`);
  if ('problems' in loaded) throw new Error(loaded.problems.map(({ line, message }) => `${line ?? 0}: ${message}`).join('\n'));
  return loaded.catalogue;
}

describe('contract of parser folders', () => {
  for (const folder of [...builtIn, `${bad}/good`]) {
    describe(basename(folder), () => {
      const others = builtIn.filter((other) => other !== folder).map(catalogueOf);
      it('holds a catalogue that is right, and is named like its folder', () => { expect(catalogueOf(folder).id).to.equal(basename(folder)); });
      it('agrees with the built-in ones', () => { expect(checkTogether([...others, catalogueOf(folder)])).to.deep.equal([]); });
      it('recognises each of its examples among all templates, with every field', () => {
        const own = catalogueOf(folder);
        const matcher = compileMatcher([...others, own]);
        for (const { id, examples, parts } of own.templates) for (const { text, fields } of examples) {
          const bytes = Buffer.from(text, 'utf8');
          const matched = matcher.match(bytes, 0, bytes.length);
          expect(matched?.id, text).to.equal(id);
          expect(Object.fromEntries(templateFields({ parts }).map((name) => [name, matched?.value(name)])), text).to.deep.equal(fields);
        }
      });
      it('prints each of its examples from the fields', () => {
        const own = catalogueOf(folder);
        const print = printMessage([own]);
        for (const { id, examples } of own.templates) for (const { text, fields } of examples) expect(print(id, fields)).to.equal(text);
      });
      it('divides its examples by expression as by matcher, in what all engines share', () => {
        for (const template of catalogueOf(folder).templates) {
          const expression = templateRegex(template);
          expect(expression.replaceAll(/\\[^\w]/g, ''), template.id).to.not.match(/\(\?[=!<]|\\[\w]|\(\?>|[*+?}]\+/);
          const names = templateFields(template);
          for (const { text, fields } of template.examples) {
            const groups = new RegExp(expression, 's').exec(text)?.slice(1);
            expect(Object.fromEntries(names.map((name, index) => [name, groups?.[index]])), text).to.deep.equal(fields);
          }
        }
      });
    });
  }
});

/** Folders that break the contract in one way each; positions and messages as a person finds them in the file. */
const wrong: readonly (readonly [folder: string, problems: readonly (readonly [code: string, line: number, column: number, message: RegExp])[]])[] = [
  ['yaml-broken', [['catalogue-syntax', 5, 1, /quote/]]],
  ['unknown-key', [['catalogue-syntax', 4, 3, /no key templte/]]],
  ['no-example', [['catalogue-syntax', 8, 13, /messages\[0\]\.examples/]]],
  ['unknown-type', [['catalogue-template', 4, 13, /no field type number/]]],
  ['everything-matches', [['catalogue-template', 4, 13, /no text of its own/]]],
  ['two-faults', [['catalogue-template', 4, 13, /single \}/], ['catalogue-template', 11, 13, /indent/]]],
  ['wrong-field', [['catalogue-example', 9, 13, /no field plaec/], ['catalogue-example', 9, 13, /count gets "3", not "4"/], ['catalogue-example', 9, 13, /what place gets/]]],
  ['overlap-inside', [['catalogue-overlap', 9, 13, /narrow is matched by wide/]]],
  ['overlap-built-in', [['catalogue-overlap', 9, 13, /any-account is matched by header-account/]]],
  ['id-of-built-in', [['catalogue-template', 3, 7, /id header-account is used twice/], ['catalogue-template', 3, 7, /ref H07 is used twice/]]],
];

describe('contract of parser folders: what breaks it', () => {
  for (const [folder, problems] of wrong) {
    it(folder, () => {
      const found = loadCatalogues([folder], bad).problems;
      expect(found.map(({ code, file, line, column }) => [code, file, line, column])).to.deep.equal(problems.map(([code, line, column]) => [code, `${bad}/${folder}/messages.yml`, line, column]));
      for (const [index, [, , , message]] of problems.entries()) expect(found[index]?.message).to.match(message);
      for (const { remedy } of found) expect(remedy).to.be.a('string');
    });
  }
  it('every folder of test/bad/parsers has a row', () => { expect(readdirSync(bad).sort()).to.deep.equal([...wrong.map(([folder]) => folder), 'good'].sort()); });
  it('a folder without messages.yml is named, with the file that is missing', () => {
    const { problems } = loadCatalogues(['nowhere'], bad);
    expect(problems.map(({ code, file }) => [code, file])).to.deep.equal([['read-missing', `${bad}/nowhere/messages.yml`]]);
  });
});

/**
 * Every row of the tables in section 6 of the format reference for Explorer and Archiver logs: its id, its evidence class, the logging level where the
 * table has one, and messages written by hand from its template, each with the ref that must recognise it.
 */
const rows: readonly (readonly [row: string, evidence: 'V' | 'P', prints: 'default' | 'extended' | 'unknown' | undefined, messages: Readonly<Record<string, readonly string[]>>])[] = [
  ['H01', 'V', 'default', { H01: ['Server: RDS01 (CPUs: 4, RAM: 15.9 GB)', 'Server: RDS01 (CPUs: 16, RAM: 127,9 GB)'] }],
  ['H02', 'V', 'default', { H02: ['Network:'], H02a: ['IPv4: 192.0.2.10, IPv6: fe80::25%12, Adapter: Ethernet0, second'] }],
  ['H03', 'V', 'default', { H03: ['OS: Microsoft Windows Server 2019 Standard (64bit)'] }],
  ['H04', 'V', 'default', { H04: ['UTC Date & Time: 2/05/2022 10:00:00 PM'] }],
  ['H05', 'V', 'default', { H05: ['Timezone: (UTC+12:00) Auckland, Wellington'] }],
  ['H06', 'V', 'default', { H06: ['Daylight: New Zealand Daylight Time'] }],
  ['H07', 'V', 'default', { H07: ['Account: CONTOSO\\alee'] }],
  ['H08', 'V', 'default', { H08: ['Log level: Default'] }],
  ['H09', 'V', 'default', { H09: ['='.repeat(80)] }],
  ['H10', 'V', 'default', { H10: ['Veeam.Exchange.Explorer.exe: Version=11.0.1.1261'] }],
  ['H11', 'V', 'default', { H11: ['Command line parameters:'] }],
  ['L01', 'V', 'default', { L01: ['Initializing license information...'] }],
  ['L02', 'V', 'default', { L02: ['Product edition obtained: Veeam Backup and Replication - Standard'] }],
  ['L03', 'V', 'default', { L03: ['Requesting service providers...'], L03o: ['successfully completed'] }],
  ['L04', 'V', 'default', { L04: ['Service providers:'], L04a: ['cc.fabrikam.example (Id: b0f2075d-9266-581d-a8a2-affbe975d46f)'] }],
  ['L05', 'V', 'default', { L05: ['Export filter: .', 'Export filter: Inbox.'] }],
  ['A01', 'V', 'default', { A01: ['Validating if any of the required roles (Global Administrator) is assigned to the current user: admin@contoso.example...', 'Validating if any of the required roles (Global Administrator, Exchange Administrator) is assigned to the current user: admin@contoso.example...'] }],
  ['A02', 'V', 'default', { A02: ['Required roles successfully validated'] }],
  ['C01', 'V', 'default', { C01: ['Veeam Backup for Office 365', 'Veeam Backup for Microsoft Office 365', 'Veeam Backup for Microsoft 365'].map((product) => `Connecting to ${product} service provider: cc.fabrikam.example (1)...`) }],
  ['C02', 'V', 'default', { C02: ['Creating Cloud Connect session...'], C02o: ['successfully created'] }],
  ['C03', 'V', 'default', { C03: ['Cloud Connect session:'], C03a: ['ID: b0f2075d-9266-581d-a8a2-affbe975d46f'], C03b: ['Service provider: fabrikam'], C03c: ['Rule ID: 5'], C03d: ['Gateways:'] }],
  ['C04', 'V', 'unknown', { C04: ['Connecting to Veeam Backup for Microsoft 365 server using Windows authentication: 127.0.0.1 (port: 9194, user name: administrator)...'] }],
  ['C05', 'V', 'unknown', { C05: ['Connecting to Veeam Backup for Office 365 server at vb365.contoso.example:9194...'], C05o: ['Successfully connected'], C05f: ['Connection failed'] }],
  ['C06', 'V', 'unknown', {
    C06: ['Validating certificate chain...'], C06o: ['Certificate chain validation successfully completed.'], C06a: ['Validating certificate claims...'], C06b: ['Certificate claims:'],
    C06f: ['Validation failed. Certificate is not valid for host vb365.contoso.example'],
  }],
  ['C07', 'P', 'unknown', { C07: ['Tenant: contoso.onmicrosoft.example, Auth: Modern', 'Connected. Tenant: contoso.onmicrosoft.example, Authentication'] }],
  ['C08', 'P', 'unknown', { C08: ['Token found with the following permissions: Sites.Read.All, Mail.Read, Microsoft API: Graph'] }],
  ['C09', 'P', 'unknown', { C09: ['The account does not have permission to impersonate the requested user'] }],
  ['S01', 'V', 'unknown', { S01: ['Creating restore session with the following parameters:'] }],
  ['S02', 'V', 'unknown', { S02: ['Scope: Organization'] }],
  ['S03', 'V', 'unknown', { S03: ['Organization ID: 5'] }],
  ['S04', 'V', 'unknown', { S04: ['Point in time: 3/05/2022 1:00:00 AM'] }],
  ['S05', 'V', 'default', { S05: ['ShowDeleted: True', 'ShowDeleted: False'] }],
  ['S06', 'V', 'default', { S06: ['ShowAllVersions: False'] }],
  ['S07', 'V', 'default', { S07: ['Restore session successfully created'] }],
  ['S08', 'V', 'unknown', { S08: ['Restore session created (ID: b0f2075d-9266-581d-a8a2-affbe975d46f)'] }],
  ['B01', 'V', 'default', { B01: ['Counting items in: Inbox...'], B01o: ['found 16783 items.'] }],
  ['B02', 'V', 'default', { B02: ['Loading Sent Items items...'] }],
  ['B03', 'P', 'unknown', { B03: ['Counting items in: Inbox (Ann Lee) (contoso.onmicrosoft.example)'] }],
  ['X01', 'V', 'default', { X01: ['Counting items...'], X01o: ['found 1 items'] }],
  ['X02', 'V', 'default', { X02: ['Exporting items...'] }],
  ['X03', 'V', 'extended', { X03: ['Starting item export: IPM.Note, Q3, final, 79.1 KB, Ann Lee\\Inbox\\Finance, C:\\Users\\alee\\Desktop...', 'Starting item export: IPM.Note, , 1 KB, Ann Lee\\Inbox, C:\\a...'] }],
  ['X04', 'V', 'default', { X04: ["Exporting item to file 'C:\\Users\\alee\\Desktop\\It's (1)1.msg'..."] }],
  ['X05', 'V', 'extended', { X05: ['Item successfully exported'] }],
  ['X06', 'V', 'default', { X06: ['Looking for Veeam Backup and Replication e-mail settings...'], X06o: ['not specified'] }],
  ['X07', 'V', 'default', { X07: ['Checking SMTP configuration...'], X07a: ['Looking for Veeam Explorer for Microsoft Exchange e-mail settings...'] }],
  ['X08', 'V', 'default', { X08: ['Exporting completed (00:00:02.1180043).', 'Exporting completed (00:00:02).', 'Exporting completed (1.02:00:00).'] }],
  ['X09', 'V', 'default', { X09: ['Export result: 1 items saved, 0 items failed, 2 items skipped, 3 total.'] }],
  ['R01', 'P', 'unknown', { R01: ['Restoring message: Q3, final'] }],
  ['R02', 'P', 'unknown', { R02: ['From: Ann Lee\\Inbox'] }],
  ['R03', 'P', 'unknown', { R03: ['To: Bob Ray\\Inbox'] }],
  ['R04', 'P', 'unknown', { R04: ['Creating message 4096'] }],
  ['W01', 'V', 'unknown', { W01: ['Action: explore'] }],
  ['W02', 'V', 'unknown', { W02: ['Action started (action: ExportToPst, data: items, API version: V5)'], W02a: ['Action started:explore'] }],
  ['W03', 'V', 'unknown', { W03: ['Action failed (action: explore, data: organizations, error: Failed; a (b), c)'] }],
  ['W04', 'P', 'unknown', { W04: ['Adding new backup server session for user 5f2c'] }],
  ['W05', 'P', 'unknown', { W05: ['Credentials refreshed for user (key=5f2c)'] }],
  ['SV01', 'V', 'unknown', { SV01: ['Validating access token for Office 365 region Worldwide...'] }],
  ['SV02', 'V', 'unknown', { SV02: ['Validating certificate...'], SV02o: ['successfully validated'] }],
  ['SV03', 'V', 'unknown', { SV03: ['Found initial domain: contoso.onmicrosoft.example'] }],
  ['SV04', 'V', 'unknown', { SV04: ['Access token is valid'] }],
  ['SV05', 'V', 'unknown', { SV05: ['Checking identity of the request from 192.0.2.1:50123...', 'Checking identity of the request from [2001:db8::1]:50123...'] }],
  ['SV06', 'V', 'unknown', { SV06: ['Identity check passed'] }],
  ['SV07', 'V', 'unknown', { SV07: ['Cleaning "Last 24 hours" sessions cache. Time border: 2/05/2022 10:00:00 AM'] }],
  ['Z01', 'P', undefined, { Z01: ['Notification from service: Job started: Mail, all (ID: b0f2075d-9266-581d-a8a2-affbe975d46f)'] }],
  ['Z02', 'P', undefined, { Z02: ['Starting job: Mail, all...'] }],
  ['Z03', 'P', undefined, { Z03: ['Editing repository:'], Z03a: ['New configuration saved:'], Z03b: ['Repository:'], Z03c: ['Path:'], Z03d: ['Retention (3 years)'] }],
  ['Z04', 'P', undefined, { Z04: ['throttled 5'], Z04a: ['Sync time: 12'], Z04b: ['429 TOO MANY REQUESTS'], Z04c: ['Bottleneck: Source 90%'], Z04d: ['Item skipped: virus reported by the service'] }],
  ['E01', 'V', undefined, { E01: ['Error: The logon attempt failed'] }],
  ['E02', 'V', undefined, { E02: ['Type: System.ServiceModel.FaultException'] }],
  ['E03', 'V', undefined, { E03: ['Stack:'] }],
];
/** Rows that no template can stand for: W06 was never seen, and E04 is an empty message or a line of a stack. */
const withoutTemplate = ['W06', 'E04'];

describe('built-in catalogues hold every row of the format reference', () => {
  const catalogues = builtIn.map(catalogueOf);
  const templates = catalogues.flatMap((catalogue) => catalogue.templates);
  const matcher = compileMatcher(catalogues);
  for (const [row, evidence, prints, messages] of rows) {
    it(row, () => {
      const template = templates.find(({ ref }) => ref === row);
      expect([template?.ref, template?.evidence]).to.deep.equal([row, evidence]);
      if (prints !== undefined) expect(template?.prints).to.equal(prints);
      for (const [ref, texts] of Object.entries(messages)) for (const text of texts) {
        const bytes = Buffer.from(text, 'utf8');
        const matched = matcher.match(bytes, 0, bytes.length);
        expect(templates.find(({ id }) => id === matched?.id)?.ref, text).to.equal(ref);
      }
    });
  }
  it('a child or variant of a pattern is no better known than its row', () => {
    const known = new Set(rows.filter(([, evidence]) => evidence === 'P').map(([row]) => row));
    expect(templates.filter(({ ref, evidence }) => known.has((ref ?? '').replace(/[a-z]$/, '')) && evidence === 'V').map(({ id }) => id)).to.deep.equal([]);
  });
  it('no template stands for a row that the reference does not have', () => {
    const known = new Set([...rows.map(([row]) => row), ...withoutTemplate]);
    expect(templates.filter(({ ref }) => !known.has((ref ?? '').replace(/[a-z]$/, ''))).map(({ id }) => id)).to.deep.equal([]);
  });
  it('every child that the rows name has a template, and every template a row or a child', () => {
    // Adapters with one address only are inferred: the reference shows both.
    const inferred = ['H02b', 'H02c'];
    expect(templates.map(({ ref }) => ref).sort()).to.deep.equal([...rows.flatMap(([, , , messages]) => Object.keys(messages)), ...inferred].sort());
    expect(templates.filter(({ ref }) => inferred.includes(ref ?? '')).map(({ evidence }) => evidence)).to.deep.equal(['I', 'I']);
  });
});
