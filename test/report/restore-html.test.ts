import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Event } from '../../src/event.ts';
import type { EvidenceLine } from '../../src/report/evidence.ts';
import { latestRestores } from '../../src/report/latest-restores.ts';
import { restoreHtml, type HtmlMeta } from '../../src/report/restore-html.ts';
import { exampleEvidence, examples, restoreOf } from './example-restores.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const all = latestRestores(Object.values(examples));

const attacks: readonly string[] = [
  '<script>window.attacked = 1</script>', '"><img src=x onerror="window.attacked=1">', "' onmouseover='window.attacked=1' x='", '</style><script>window.attacked=1</script>', '</script><svg onload=window.attacked=1>',
  '<iframe src="javascript:window.attacked=1">', '&lt;b&gt;', '{{7*7}}', '<details open ontoggle=window.attacked=1>', ']]><!--', 'inv\u202egpj.exe', '<'.repeat(20_000), '\u0000\ud83d\ufffe',
];
/** Every place of the page that shows a value from a source. */
function attacked(text: string, at: number): Event {
  return restoreOf({
    'vb365.restore.id': `attack-${at}-${text}`, 'vb365.restore.batch': text, 'user.name': text, 'user.domain': text, 'user.full_name': text, 'vb365.attribution.confidence': at % 2 === 0 ? 'probable' : 'ambiguous',
    'vb365.attribution.candidates': [text, text], 'vb365.attribution.reported': text, 'vb365.attribution.method': text, 'vb365.attribution.evidence': [`evidence-${at}`, text], 'vb365.attribution.gaps': [text],
    'vb365.owner.name': text, 'user.target.email': text, 'vb365.item.name': text, 'vb365.item.path': text, 'vb365.target.path': text, 'source.domain': text, 'source.ip': text, 'vb365.client.gateway_ip': text,
    'organization.name': text, 'vb365.tenant.id': text, 'event.reason': text, 'host.name': text, 'vb365.session.restore_point': text,
  });
}
const attackEvidence: ReadonlyMap<string, EvidenceLine> = new Map(attacks.map((text, at) => [`evidence-${at}`, { id: `evidence-${at}`, kind: 'explorer_log', file: text, line: 1, at: text, sentence: text, raw: text }]));

describe('HTML report', () => {
  it('is one file that names nothing to load', () => {
    expect(restoreHtml(all, exampleEvidence)).not.to.match(/<(?:link|img|iframe|object|embed|base|form|a)\b|\bsrc=|\bhref=|url\(|@import|\son\w+=/);
  });
  it('is the same for the same input', () => { expect(restoreHtml(all, exampleEvidence)).to.equal(restoreHtml(all, exampleEvidence)); });
  it('writes no markup of a name', () => {
    const html = restoreHtml(attacks.map(attacked), attackEvidence, { scope: attacks.join(' '), created: attacks[0]! });
    for (const text of attacks.filter((attack) => /<[a-z]/.test(attack) && !/^<\//.test(attack))) expect(html).not.to.include(text);
    expect(html.match(/<script/g)).to.have.length(1);
    expect(html.match(/<style/g)).to.have.length(1);
  });
  it('bounds a name of 20 kB', () => {
    const html = restoreHtml([restoreOf({ 'vb365.item.name': 'x'.repeat(20_000) })], new Map());
    expect(html).to.include('… (20000 characters)');
    expect(html).not.to.include('x'.repeat(4_001));
  });

  describe('in a browser', () => {
    let browser: Browser | undefined;
    let folder = '';
    before(async function () {
      this.timeout(60_000);
      if (!existsSync(executablePath)) this.skip();
      folder = mkdtempSync(join(tmpdir(), 'vb365-report-'));
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'] });
    });
    after(async function () {
      this.timeout(30_000);
      await browser?.close();
      if (folder !== '') rmSync(folder, { recursive: true, force: true });
    });

    /** Opens the page from disk, gives it to `use`, and fails on anything that it loads or complains about. */
    async function open(restores: readonly Event[], evidence: ReadonlyMap<string, EvidenceLine>, meta: HtmlMeta, use: (page: Page) => Promise<void>, options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
      const file = join(folder, 'report.html');
      writeFileSync(file, restoreHtml(restores, evidence, meta));
      const page = await browser!.newPage({ viewport: { width: 1400, height: 900 }, ...options });
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => { complaints.push('dialog'); void dialog.dismiss(); });
      const url = pathToFileURL(file).href;
      await page.goto(url);
      await use(page);
      await page.close();
      expect(requests).to.deep.equal([url]);
      expect(complaints).to.deep.equal([]);
    }
    const cells = (page: Page, name: string): Promise<readonly string[]> => page.locator(`.entry:not([hidden]) > summary > .${name}`).allTextContents();

    it('sorts by a column, then the other way round', async () => {
      await open(all, exampleEvidence, {}, async (page) => {
        const head = page.getByRole('button', { name: 'Whose data' });
        await head.click();
        const owners = await cells(page, 'owner');
        expect(owners[0]).to.equal('Ana Petrova');
        expect(owners.at(-1)).to.equal('unknown');
        await head.click();
        expect((await cells(page, 'owner'))[0]).to.equal('unknown');
        expect(await head.getAttribute('aria-pressed')).to.equal('true');
        expect(await head.getAttribute('data-order')).to.equal('down');
      });
    });
    it('sorts by time as time and by sureness as sureness', async () => {
      await open([examples['payroll']!, examples['nadia']!, examples['unknown']!, examples['shared']!], exampleEvidence, {}, async (page) => {
        // It came unsorted; `When` is marked as sorted upwards, so that one click turns it round.
        await page.getByRole('button', { name: 'When' }).click();
        expect((await cells(page, 'when')).map((text) => text.slice(0, 10))).to.deep.equal(['2022-07-08', '2022-06-13', '2022-05-05', '2021-08-09']);
        await page.getByRole('button', { name: 'How sure' }).click();
        expect(await cells(page, 'confidence')).to.deep.equal(['corroborated', 'corroborated', 'confirmed', 'unknown']);
      });
    });
    it('filters by words anywhere, also in the evidence, and says how many are left', async () => {
      await open(all, exampleEvidence, {}, async (page) => {
        await page.getByRole('searchbox').fill('explorer_2022_06_14_09_33_47');
        await page.locator('output', { hasText: '1 of 13 entries' }).waitFor();
        expect(await cells(page, 'operator')).to.deep.equal(['one of CONTOSO\\h.fraser, CONTOSO\\l.matiu']);
        await page.getByRole('searchbox').fill('NADIA salary');
        await page.locator('output', { hasText: '1 of 13 entries' }).waitFor();
        await page.getByRole('searchbox').fill('nothing like this');
        await page.getByText('Nothing fits the filter.').waitFor();
        await page.getByRole('searchbox').fill('');
        await page.locator('output', { hasText: /^13 entries$/ }).waitFor();
      });
    });
    it('filters by how sure', async () => {
      await open(all, exampleEvidence, {}, async (page) => {
        await page.getByRole('combobox').selectOption('nobody');
        expect(await cells(page, 'confidence')).to.have.members(['ambiguous', 'organisation', 'organisation', 'unknown']);
        await page.getByRole('combobox').selectOption('confirmed');
        expect(await cells(page, 'confidence')).to.deep.equal(['confirmed', 'confirmed']);
      });
    });
    it('unfolds the lines a restore rests on and what is missing', async () => {
      await open([examples['payrollMail']!], exampleEvidence, { zone: 'Pacific/Auckland' }, async (page) => {
        const raw = page.getByText('14/06/2022 9:30:02 AM 1 (12544) Account: CONTOSO\\h.fraser');
        expect(await raw.isVisible()).to.equal(false);
        await page.locator('.entry > summary').click();
        expect(await raw.isVisible()).to.equal(true);
        expect(await page.locator('.evidence .file').allTextContents()).to.deep.equal([
          'mail/audit-save-1.eml', 'explorer/Veeam.Exchange.Explorer_2022_06_14_09_30_02.log, line 8', 'explorer/Veeam.Exchange.Explorer_2022_06_14_09_33_47.log, line 8',
        ]);
        expect(await page.locator('.evidence time').first().textContent()).to.equal('2022-06-14 09:41:00 +12:00');
        expect(await page.locator('.entry .gaps').textContent()).to.include('Switch on extended logging');
      });
    });
    it('unfolds by the keyboard', async () => {
      await open([examples['payroll']!], exampleEvidence, {}, async (page) => {
        await page.locator('.entry > summary').focus();
        await page.keyboard.press('Enter');
        expect(await page.locator('.entry').getAttribute('open')).to.equal('');
      });
    });
    it('unfolds all and folds all', async () => {
      await open(all, exampleEvidence, {}, async (page) => {
        await page.getByRole('button', { name: 'Unfold all' }).click();
        expect(await page.locator('.entry[open]').count()).to.equal(13);
        await page.getByRole('button', { name: 'Fold all' }).click();
        expect(await page.locator('.entry[open]').count()).to.equal(0);
      });
    });
    it('lists the items of one operation beneath it, shared evidence once', async () => {
      await open([examples['mereHostile']!, examples['mereNotice']!], exampleEvidence, {}, async (page) => {
        await page.locator('.entry > summary').click();
        expect(await page.locator('.items > li').count()).to.equal(2);
        expect(await page.locator('.rests > .evidence > li').count()).to.equal(1);
        await page.locator('.items summary').nth(1).click();
        expect(await page.getByText('explorer/Veeam.Exchange.Explorer_2022_05_03_10_14_07.log, line 61').isVisible()).to.equal(true);
      });
    });
    it('draws one lane for each operator and one dot for each of their days', async () => {
      const twice = [examples['payroll']!, { ...examples['payroll']!, 'vb365.restore.id': 'x' }, { ...examples['payroll']!, 'vb365.restore.id': 'y', 'event.start': '2022-06-15T01:00:00.000Z' }, examples['payrollMail']!];
      await open(twice, exampleEvidence, {}, async (page) => {
        expect(await page.locator('.timeline .dot title').allTextContents()).to.deep.equal([
          '2022-06-13: CONTOSO\\h.fraser, 2 restores', '2022-06-15: CONTOSO\\h.fraser, 1 restore', '2022-06-13: one of several, 1 restore',
        ]);
        expect(await page.locator('.timeline .dot.ambiguous').count()).to.equal(1);
      });
    });
    it('prints everything unfolded, without the tools', async function () {
      this.timeout(30_000);
      await open(all, exampleEvidence, {}, async (page) => {
        await page.emulateMedia({ media: 'print' });
        expect(await page.locator('.tools').isVisible()).to.equal(false);
        expect(await page.getByText('14/06/2022 9:30:02 AM 1 (12544) Account: CONTOSO\\h.fraser').isVisible()).to.equal(true);
        const pdf = await page.pdf({ preferCSSPageSize: true });
        expect(pdf.subarray(0, 5).toString('latin1')).to.equal('%PDF-');
        expect(await page.locator('.entry[open]').count(), 'folded again after printing').to.equal(0);
      });
    });
    it('is complete without script', async () => {
      await open(all, exampleEvidence, {}, async (page) => {
        expect(await page.locator('.tools').isVisible()).to.equal(false);
        expect(await page.locator('.entry').count()).to.equal(13);
        await page.locator('.entry.ambiguous > summary').click();
        expect(await page.getByText('14/06/2022 9:30:02 AM 1 (12544) Account: CONTOSO\\h.fraser').isVisible()).to.equal(true);
      }, { javaScriptEnabled: false });
    });
    for (const width of [360, 700, 1100, 1920]) {
      it(`does not scroll sideways at ${width} pixels, whatever the names`, async () => {
        await open([...all, ...attacks.map(attacked)], attackEvidence, {}, async (page) => {
          await page.getByRole('button', { name: 'Unfold all' }).click();
          expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).to.equal(0);
        }, { viewport: { width, height: 800 } });
      }).timeout(30_000);
    }
    it('has a dark side', async () => {
      await open(all, exampleEvidence, {}, async (page) => {
        expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).to.equal('rgb(16, 21, 28)');
      }, { colorScheme: 'dark' });
    });
    it('hostile text shows and does nothing', async () => {
      await open(attacks.map(attacked), attackEvidence, {}, async (page) => {
        await page.getByRole('button', { name: 'Unfold all' }).click();
        await page.getByRole('button', { name: 'Who acted' }).click();
        await page.getByRole('searchbox').fill('<script>');
        await page.locator('output', { hasText: ' of ' }).waitFor();
        await page.getByRole('searchbox').fill('');
        for (const cell of await page.locator('.cell.what').all()) await cell.hover();
        expect(await page.evaluate('window.attacked')).to.equal(undefined);
        expect(await page.locator('img, iframe, .list script, .list svg').count()).to.equal(0);
        expect(await page.locator('.entry').count()).to.equal(attacks.length);
        expect(await page.locator('.cell.what', { hasText: 'inv‹U+202E›gpj.exe' }).isVisible()).to.equal(true);
      });
    }).timeout(30_000);
    it('its policy stops what would get through', async () => {
      const page = await browser!.newPage();
      await page.setContent(restoreHtml(all, exampleEvidence).replace('</header>', '</header><script>window.attacked=1</script><img src="data:," onerror="window.attacked=2">'));
      expect(await page.evaluate('window.attacked')).to.equal(undefined);
      await page.close();
    });
    it('fifteen hundred restores open, sort and filter', async function () {
      this.timeout(60_000);
      const many = Array.from({ length: 1_500 }, (_, at) => ({
        ...examples['payroll']!, 'vb365.restore.id': String(at), 'vb365.item.name': `Message ${at}`, 'event.start': new Date(Date.UTC(2022, 0, 1) + at * 3_600_000).toISOString(),
      }));
      await open(many, exampleEvidence, {}, async (page) => {
        await page.getByRole('button', { name: 'What' }).click();
        await page.getByRole('searchbox').fill('message 1499');
        await page.locator('output', { hasText: '1 of 1500 entries' }).waitFor();
      });
    });
  });
});
