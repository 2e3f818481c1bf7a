import { expect } from 'chai';
import { createDomainOwner } from '../../../src/detect/context/domain-owner.ts';
import { filePlace, serverOf } from '../../../src/detect/context/file-place.ts';
import { createPeople } from '../../../src/detect/context/people.ts';
import { freeMailDomains } from '../../../src/detect/context/recipient-place.ts';
import { targetPlace } from '../../../src/detect/context/target-place.ts';
import type { Event } from '../../../src/event.ts';
import { createTenants } from '../../../src/route/tenants.ts';
import { byAddress, knowledge, restore, tenant, without } from './build.ts';

describe('place of a file', () => {
  const mia = ['CONTOSO\\mia'];
  const rows: readonly (readonly [path: string, operator: readonly string[], place: string | undefined])[] = [
    ['C:\\Users\\mia\\Desktop', mia, 'operator_profile'],
    ['C:\\Users\\MIA', mia, 'operator_profile'],
    ['c:/users/Mia/Desktop/Q3.msg', mia, 'operator_profile'],
    ['C:\\Users\\mia.CONTOSO\\Desktop', mia, 'operator_profile'],
    ['C:\\Users\\mia.000\\Desktop', mia, 'operator_profile'],
    ['C:\\Users\\mia.CONTOSO.001\\Desktop', mia, 'operator_profile'],
    ['C:\\Users\\mia.contoso\\x', ['contoso.example\\mia'], 'operator_profile'],
    ['C:\\Documents and Settings\\mia\\Desktop', mia, 'operator_profile'],
    ['D:\\Users\\mia\\Desktop', mia, 'operator_profile'],
    ['\\\\?\\C:\\Users\\mia\\Desktop', mia, 'operator_profile'],
    ['C:\\Users\\tom\\..\\mia\\Desktop', mia, 'operator_profile'],
    ['C:\\Users\\mia\\AppData\\Local\\Temp', mia, 'operator_profile'],
    ['C:\\Users\\mia.wood\\Desktop', ['mia.wood@contoso.example'], 'operator_profile'],
    ['C:\\Users\\mw\\Desktop', ['mia.wood@contoso.example', 'CONTOSO\\mw'], 'operator_profile'],
    ['C:\\Users\\tom\\Desktop', mia, 'other_profile'],
    ['C:\\Users\\miami\\Desktop', mia, 'other_profile'],
    ['C:\\Users\\mia.FABRIKAM\\Desktop', mia, 'other_profile'],
    ['C:\\Users\\mia.wood\\Desktop', mia, 'other_profile'],
    ['C:\\Users\\mia\\..\\tom\\Desktop', mia, 'other_profile'],
    ['C:\\Users\\tom. \\Desktop', mia, 'other_profile'],
    ['C:\\Users\\tom\\Desktop', ['mia.wood@contoso.example'], undefined],
    ['C:\\Users\\tom\\Desktop', [], undefined],
    ['C:\\Users\\MIA~1\\Desktop', mia, undefined],
    ['C:\\Users\\Public\\Documents', mia, 'public'],
    ['C:\\Users\\Public\\Documents', [], 'public'],
    ['C:\\Users\\All Users\\x', mia, 'public'],
    ['C:\\Users\\Default\\Desktop', mia, 'public'],
    ['C:\\Temp', mia, 'public'],
    ['D:\\Temp\\x', mia, 'public'],
    ['C:\\Windows\\Temp\\x', mia, 'public'],
    ['C:\\ProgramData\\x', mia, 'public'],
    ['C:\\$Recycle.Bin\\S-1-5-21-1\\x', mia, 'public'],
    ['\\\\fs01\\export$\\Q3.msg', mia, 'share'],
    ['//fs01/export', mia, 'share'],
    ['\\\\?\\UNC\\fs01\\export', mia, 'share'],
    ['\\\\fs01\\c$\\Users\\tom\\Desktop', mia, 'share'],
    ['\\\\tsclient\\C\\Users\\tom', mia, 'share'],
    ['\\\\fs01\\Public', mia, 'share'],
    ['\\\\fs01\\dropbox\\x', mia, 'share'],
    ['E:\\', mia, 'drive'],
    ['E:', mia, 'drive'],
    ['E:\\Out\\Q3.pst', [], 'drive'],
    ['D:\\Users', mia, 'drive'],
    ['D:\\My Drive Backup', mia, 'drive'],
    ['C:\\Users\\mia\\OneDrive', mia, 'sync'],
    ['C:\\Users\\mia\\OneDrive - Contoso Ltd\\Q3', mia, 'sync'],
    ['C:\\Users\\tom\\Dropbox\\x', mia, 'sync'],
    ['D:\\Dropbox (Personal)\\x', mia, 'sync'],
    ['C:\\Users\\mia\\Google Drive', mia, 'sync'],
    ['G:\\My Drive\\x', mia, 'sync'],
    ['C:\\Users\\mia\\Box\\x', mia, 'sync'],
    ['C:\\Users\\mia\\iCloudDrive', mia, 'sync'],
    ['\\\\tsclient\\C\\Users\\mia\\OneDrive - Contoso', mia, 'sync'],
    ['C:\\Users\\mia\\Desktop\\OneDriveNotes', mia, 'operator_profile'],
    ['C:\\Users\\mia\\Desktop\\Dropbox.msg', mia, 'operator_profile'],
    ['C:\\Box\\x', mia, 'other'],
    ['C:\\inetpub\\ftproot', mia, 'web'],
    ['D:\\sites\\wwwroot\\x', mia, 'web'],
    ['\\\\web01\\wwwroot$\\x', mia, 'web'],
    ['C:\\Export\\Q3', mia, 'other'],
    ['C:\\', mia, 'other'],
    ['C:\\Users', mia, 'other'],
    ['C:\\Temporary', mia, 'other'],
    ['Q3.msg', mia, undefined],
    ['C:Q3.msg', mia, undefined],
    ['\\Users\\mia', mia, undefined],
    ['%TEMP%\\x', mia, undefined],
    ['\\\\', mia, undefined],
    ['', mia, undefined],
  ];
  for (const [path, operator, place] of rows) it(`${path} by ${operator.join(', ') || 'nobody'}: ${place ?? 'open'}`, () => { expect(filePlace(path, operator)).to.equal(place); });

  it('a path of 64 KiB takes no time', () => { expect(filePlace(`C:\\${'..\\x. .\\'.repeat(8_000)}`, mia)).to.equal('other'); });
  const servers: readonly (readonly [string, string | undefined])[] = [['\\\\FS01.contoso.example\\x', 'fs01'], ['//fs01/x', 'fs01'], ['\\\\?\\UNC\\fs01\\x', 'fs01'], ['\\\\192.0.2.7\\x', '192.0.2.7'], ['C:\\x', undefined], ['\\x', undefined]];
  for (const [path, server] of servers) it(`server of ${path}`, () => { expect(serverOf(path)).to.equal(server); });
});

const accounts = [{ names: ['CONTOSO\\mia', 'mia.wood@contoso.example', 'Mia Wood'], kind: 'person', groups: [] }, { names: ['ann.lee@contoso.example', 'Ann Lee', 'ann@home.example'], kind: 'person', groups: [] }] as const;
const freeMail = new Set([...freeMailDomains, 'freemail.example']);
const configured = { people: createPeople([]), ownerOfDomain: createDomainOwner(knowledge, tenant()), freeMail };
const mapped = { ...configured, people: createPeople(accounts) };
/** the organisation is known by its first name alone */
const bare = { ...configured, ownerOfDomain: createDomainOwner(knowledge, tenant({ organizations: [{ aliases: [] }] })) };
const open = { ...configured, ownerOfDomain: createDomainOwner(createTenants(), undefined) };

describe('place of another mailbox or site', () => {
  const into = (target: string, over: Event = {}): Event => restore({ 'vb365.operation': 'restore', 'vb365.target.kind': 'elsewhere', 'vb365.target.path': target, ...over });
  const address = { 'user.target.email': 'ann.lee@contoso.example' };
  const site = { 'vb365.workload': 'sharepoint', 'vb365.owner.type': 'site', 'vb365.owner.name': 'finance', 'vb365.item.path': '/sites/finance/Docs/plan.xlsx' } as const;
  const drive = { 'vb365.workload': 'onedrive', 'vb365.item.path': '/personal/ann_lee_contoso_example/Docs/a.txt' } as const;
  const rows: readonly (readonly [name: string, restore: Event, knowledge: typeof configured, place: string | undefined])[] = [
    ['another folder of the same mailbox', into('Ann Lee\\Restored'), configured, 'same_owner'],
    ['the same in another casing', into('ANN LEE\\Restored'), configured, 'same_owner'],
    ['another mailbox', into('Ben Young\\Inbox'), configured, 'other_owner'],
    ['her archive, by its name', into('Online Archive - Ann Lee\\Inbox'), configured, undefined],
    ['without configuration too', into('Ben Young\\Inbox'), open, 'other_owner'],
    ['an address, and her own is known', into('ben.young@contoso.example\\Inbox', address), configured, 'other_owner'],
    ['her own address', into('Ann.Lee@contoso.example\\Inbox', address), configured, 'same_owner'],
    ['an address of hers that is configured', into('ann@home.example\\Inbox', address), { ...mapped, ownerOfDomain: open.ownerOfDomain }, 'same_owner'],
    ['an address, and of her only the name is known', into('ben.young@contoso.example\\Inbox'), configured, undefined],
    ['the same with configured accounts', into('mia.wood@contoso.example\\Inbox'), mapped, 'other_owner'],
    ['an address of another tenant', into('x@fabrikam.example\\Inbox'), configured, 'other_organization'],
    ['an address of nobody\'s domain', into('x@elsewhere.example\\Inbox'), configured, 'other_organization'],
    ['an address of nobody\'s domain where no domains are configured', into('x@elsewhere.example\\Inbox', address), bare, 'other_owner'],
    ['another site', into('/sites/board/Docs', site), configured, 'other_owner'],
    ['another library of the same site', into('/sites/Finance/Archive', site), configured, 'same_owner'],
    ['another site by its address', into('https://contoso.sharepoint.example/sites/board/Docs', site), configured, 'other_owner'],
    ['a site of the same name at some host', into('https://contoso.sharepoint.example/sites/finance/Archive', site), configured, undefined],
    ['from a drive into a site', into('/sites/board/Docs', drive), configured, 'other_owner'],
    ['another drive', into('/personal/ben_young_contoso_example/Docs', drive), configured, 'other_owner'],
    ['the drive of the known address', into('/personal/ann_lee_contoso_example/Old', { ...drive, ...address }), configured, 'same_owner'],
    ['from a display name to a login', into('/personal/ann_lee_contoso_example/Old', { 'vb365.workload': 'onedrive', 'vb365.item.path': 'Ann Lee\\Docs' }), configured, undefined],
    ['a target that names no owner', into('Inbox'), configured, undefined],
    ['no target', Object.fromEntries(Object.entries(into('x')).filter(([name]) => name !== 'vb365.target.path')), configured, undefined],
    ['the source is unknown', { ...without('vb365.item.path'), 'vb365.target.kind': 'elsewhere', 'vb365.target.path': 'Ben Young\\Inbox' }, configured, undefined],
    ['a web address without a path', into('https://contoso.sharepoint.example', site), configured, undefined],
    ['back in place is no such place', into('Ann Lee\\Inbox', { 'vb365.target.kind': 'original' }), configured, undefined],
  ];
  for (const [name, event, known, place] of rows) it(name, () => { expect(targetPlace(event, known)).to.equal(place); });
});

describe('place of a recipient', () => {
  const owner = { 'user.target.email': 'ann.lee@contoso.example' };
  const to = (addresses: readonly string[], over: Event = {}): Event => restore({ 'vb365.operation': 'send', 'vb365.target.kind': 'email', 'email.to.address': addresses, ...over });
  const rows: readonly (readonly [name: string, restore: Event, knowledge: typeof configured, place: string | undefined])[] = [
    ['the owner', to(['Ann.Lee@contoso.example'], owner), configured, 'owner'],
    ['another configured address of the owner', to(['ann@home.example']), mapped, 'owner'],
    ['the operator', byAddress('mia.wood@contoso.example', { ...to(['Mia.Wood@contoso.example']), 'user.name': 'mia.wood', 'user.domain': 'contoso.example' }), configured, 'operator'],
    ['the operator by a configured address', to(['mia.wood@contoso.example']), mapped, 'operator'],
    ['a colleague', to(['ben@contoso.example']), configured, 'same_organization'],
    ['a colleague in a domain beneath', to(['ben@mail.contoso.example']), configured, 'same_organization'],
    ['a domain that only ends so', to(['ben@evilcontoso.example']), configured, 'other_organization'],
    ['the first domain of the organisation', to(['ben@contoso.onmicrosoft.example']), configured, 'same_organization'],
    ['the domain of the owner, configured or not', to(['ben@home.example'], { 'user.target.email': 'ann.lee@home.example' }), open, 'same_organization'],
    ['another tenant', to(['x@fabrikam.example']), configured, 'other_organization'],
    ['a stranger', to(['x@partner.example']), configured, 'other_organization'],
    ['a stranger where no domains are configured', to(['x@partner.example']), bare, undefined],
    ['a stranger without configuration', to(['x@partner.example']), open, undefined],
    ['a known provider', to(['x@gmail.com']), open, 'free_mail'],
    ['a configured provider', to(['x@FREEMAIL.example']), configured, 'free_mail'],
    ['beneath the name of a provider', to(['x@gmail.com.partner.example']), configured, 'other_organization'],
    ['an owner with such a mailbox', to(['ann@gmail.com'], { 'user.target.email': 'ann@gmail.com' }), configured, 'owner'],
    ['a colleague and a stranger', to(['ben@contoso.example', 'x@partner.example']), configured, 'other_organization'],
    ['a stranger and a free mailbox', to(['x@partner.example', 'x@gmail.com']), configured, 'free_mail'],
    ['the owner and a colleague', to(['ann.lee@contoso.example', 'ben@contoso.example'], owner), configured, 'same_organization'],
    ['somebody open and a colleague', to(['x@partner.example', 'ben@contoso.onmicrosoft.example']), bare, undefined],
    ['somebody open and a free mailbox', to(['x@partner.example', 'x@gmail.com']), bare, 'free_mail'],
    ['nobody', to([]), configured, undefined],
  ];
  for (const [name, event, known, place] of rows) it(name, () => { expect(targetPlace(event, known)).to.equal(place); });
});
