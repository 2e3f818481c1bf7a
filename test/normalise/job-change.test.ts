import { expect } from 'chai';
import { readLines } from './read-lines.ts';

describe('what became of a job', () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['the service says it is done', 'Notification from service: Job deleted: Contoso mail (ID: 51f0f7b2-3c0b-4e0e-9b7a-6f1f0c9d1a11)', 'deleted'],
    ['the service says it was edited', 'Notification from service: Job edited: Contoso mail (ID: 51f0f7b2-3c0b-4e0e-9b7a-6f1f0c9d1a11)', 'edited'],
    ['the console says it begins: the same word', 'Disabling job: Contoso mail...', 'disabled'],
  ];
  for (const [name, line, after] of rows) {
    it(name, async () => {
      const { events } = await readLines([`5| ${line}`], { file: 'Veeam.Archiver.Shell_2022_05_03_10_14_07.log' });
      expect(events('job-change').map((event) => [event['message'], event['vb365.change.field'], event['vb365.change.after']])).to.deep.equal([[line, 'job', after]]);
    });
  }
});
