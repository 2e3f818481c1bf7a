import { expect } from 'chai';
import type { Workload } from '../../../src/event.ts';
import { ownerFields, readOwner } from '../../../src/text/owner-path.ts';

describe('readOwner', () => {
  const rows: readonly (readonly [name: string, path: string, workload: Workload | undefined, owner: string, type: string, isPerson: boolean])[] = [
    ['a mailbox', 'Mere Tamihana\\Inbox\\Invoices', 'exchange', 'Mere Tamihana', 'mailbox', true],
    ['a display name with a comma', 'Lindqvist, Per\\Inbox\\Budget, 2023', 'exchange', 'Lindqvist, Per', 'mailbox', true],
    ['a mailbox whose name looks like `owner: path`', 'Team: Alpha\\Inbox', 'exchange', 'Team: Alpha', 'mailbox', true],
    ['a backslash path of unknown workload', 'Mere Tamihana\\Inbox', undefined, 'Mere Tamihana', 'unknown', true],
    ['a OneDrive with backslash', 'Ann Lee\\Documents', 'onedrive', 'Ann Lee', 'onedrive', true],
    ['a OneDrive as `owner: path`', 'Ann Lee: Documents/Plans', 'onedrive', 'Ann Lee', 'onedrive', true],
    ['`owner: path` with backslashes', 'Ann Lee: Documents\\Plans', 'onedrive', 'Ann Lee', 'onedrive', true],
    ['`owner: path` of unknown workload names no person', 'Finance: Documents/Plans', undefined, 'Finance', 'unknown', false],
    ['a team is no person', 'Project X\\General', 'teams', 'Project X', 'team', false],
    ['a site', '/sites/Finance/Shared Documents/plan.xlsx', 'sharepoint', 'Finance', 'site', false],
    ['a team site', '/teams/Crew/Shared Documents', undefined, 'Crew', 'site', false],
    ['a personal site', '/personal/ann_lee_contoso_example/Documents', 'onedrive', 'ann_lee_contoso_example', 'personal_site', true],
    ['a one-letter name with a blank before its folder', 'Q\\Inbox', 'exchange', 'Q', 'mailbox', true],
  ];
  for (const [name, path, workload, owner, type, isPerson] of rows) it(name, () => {
    expect(readOwner(path, workload)).to.deep.equal({ name: owner, type, isPerson });
  });

  const none: readonly (readonly [name: string, path: string, workload?: Workload])[] = [
    ['a drive', 'C:\\Users\\ann\\Desktop'], ['a drive root', 'D:'], ['a share', '\\\\files.woodgrove.example\\legal$\\out'], ['a web address', 'https://contoso.sharepoint.example/sites/Finance'],
    ['a path of the root site', '/Shared Documents/plan.xlsx'], ['no separator', 'Inbox', 'exchange'], ['nothing', ''], ['a name of blanks', '  \\Inbox', 'exchange'],
    ['two readings and an unknown workload', 'Team: Alpha\\Inbox'], ['/sites/ without a name', '/sites/'],
  ];
  for (const [name, path, workload] of none) it(`names nobody: ${name}`, () => { expect(readOwner(path, workload)).to.equal(undefined); });
});

describe('ownerFields', () => {
  it('puts a person into user.target', () => {
    expect(ownerFields('Mere Tamihana\\Inbox', 'exchange')).to.deep.equal({ 'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Mere Tamihana', 'user.target.full_name': 'Mere Tamihana' });
  });
  it('puts a site nowhere near a person', () => {
    expect(ownerFields('/sites/Finance/x', 'sharepoint')).to.deep.equal({ 'vb365.owner.type': 'site', 'vb365.owner.name': 'Finance' });
  });
  it('puts a team into group.name', () => {
    expect(ownerFields('Project X\\General', 'teams')).to.deep.equal({ 'vb365.owner.type': 'team', 'vb365.owner.name': 'Project X', 'group.name': 'Project X' });
  });
  it('says unknown without a path', () => { expect(ownerFields(undefined)).to.deep.equal({ 'vb365.owner.type': 'unknown' }); });
});
