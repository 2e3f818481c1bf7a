import { expect } from 'chai';
import { pathInTitle, readEventMessage } from '../../../parsers/rest/event-message.ts';

describe('pathInTitle', () => {
  const rows: readonly (readonly [name: string, title: string, path: string | undefined])[] = [
    ['takes the final full stop away', 'Item successfully exported to: C:\\Users\\a\\Desktop\\Invoice.msg.', 'C:\\Users\\a\\Desktop\\Invoice.msg'],
    ['only once', 'Item successfully exported to: D:\\Exports\\Minutes...', 'D:\\Exports\\Minutes..'],
    ['keeps a path without full stop', 'Item successfully exported to: D:\\Exports\\a.msg', 'D:\\Exports\\a.msg'],
    ['keeps a share', 'Item successfully exported to: \\\\files.example\\legal$\\out\\a.msg.', '\\\\files.example\\legal$\\out\\a.msg'],
    ['keeps the same words inside the path', 'Item successfully exported to: D:\\Item successfully exported to: x.msg.', 'D:\\Item successfully exported to: x.msg'],
    ['a failure names no written file', "Item export failed: Access to the path 'C:\\x\\Board minutes.msg' is denied.", undefined],
    ['nothing behind the words', 'Item successfully exported to: .', undefined],
  ];
  for (const [name, title, path] of rows) it(name, () => { expect(pathInTitle(title)).to.equal(path); });
});

describe('readEventMessage', () => {
  it('reads name, type, source, target and verb', () => {
    expect(readEventMessage('Item Invoice 4471 was saved successfully (type: IPM.Note; source: Mere Tamihana\\Inbox; target: C:\\Exports)')).to.deep.equal({
      name: 'Invoice 4471', operation: 'save', itemType: 'IPM.Note', source: 'Mere Tamihana\\Inbox', target: 'C:\\Exports',
    });
  });
  it('reads a warning', () => {
    expect(readEventMessage('Item Plan was opened with warning: Object was not found. The object could be deleted or moved to another folder. (type: Folder; source: A\\B; target: A\\B)')).to.deep.equal({
      name: 'Plan', operation: 'view', itemType: 'Folder', source: 'A\\B', target: 'A\\B',
    });
  });
  it('reads a skipped item, whose operation it does not state', () => {
    expect(readEventMessage('Item File: plan.xlsx was skipped. (type: File; source: /sites/F/plan.xlsx; target: https://c.example/sites/F)')).to.deep.equal({
      name: 'File: plan.xlsx', itemType: 'File', source: '/sites/F/plan.xlsx', target: 'https://c.example/sites/F',
    });
  });
  it('keeps closing brackets of the target', () => {
    expect(readEventMessage('Item a was saved successfully (type: IPM.Note; source: A\\B; target: C:\\x (1))')).to.include({ target: 'C:\\x (1)' });
  });
  it('leaves an empty target out', () => {
    expect(readEventMessage('Item a was opened successfully (type: Folder; source: A\\B; target: )')).not.to.have.property('target');
  });
  it('leaves the name out when it may end in two places', () => {
    const read = readEventMessage('Item x was saved successfully was opened successfully (type: IPM.Note; source: A\\B; target: A\\B)');
    expect(read).to.deep.equal({ itemType: 'IPM.Note', source: 'A\\B', target: 'A\\B' });
  });
  for (const [name, message] of [
    ['target', 'Item comparison; target: x.pdf was skipped. (type: File; source: /sites/F/comparison; target: x.pdf; target: https://c.example)'],
    ['source', 'Item a; source: b was saved successfully (type: IPM.Note; source: A\\B; target: C:\\x)'],
    ['type', 'Item a (type: b was saved successfully (type: IPM.Note; source: A\\B; target: C:\\x)'],
  ] as const) it(`is ambiguous when ${name} occurs twice`, () => { expect(readEventMessage(message)).to.equal('ambiguous'); });
  for (const message of ['Restore session started', '', 'Item', 'Item a was saved', 'Item a (type: x; target: y; source: z)', 'Item a was saved successfully (type: x; source: y; target: z']) {
    it(`is no item message: '${message}'`, () => { expect(readEventMessage(message)).to.equal(undefined); });
  }
});
