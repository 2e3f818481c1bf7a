/**
 * Child of the bench: CPU of reading and matching one log with N templates. `tsx many-templates.ts FILE N` prints JSON. The first 24 are those that
 * the input shows most; the others are templates that the input never shows, so every run recognises the same lines.
 */
import { createReadStream } from 'node:fs';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { utf8Encoding } from '../../src/parse/log-encoding.ts';
import { readLog } from '../../src/parse/log-reader.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import { readTemplate, type Template } from '../../src/parse/template.ts';
import { readBlockBytes } from '../../src/limits.ts';

async function read(file: string, templates: readonly Template[]): Promise<{ readonly recognised: number; readonly byId: ReadonlyMap<string, number>; readonly cpuSeconds: number }> {
  const byId = new Map<string, number>();
  const matcher = compileMatcher([{ templates }]);
  const before = process.cpuUsage();
  const reading = await readLog(createReadStream(file, { highWaterMark: readBlockBytes }), {
    file, matcher, encoding: utf8Encoding, report: () => undefined,
    sink: { message: ({ id }) => { if (id !== undefined) byId.set(id, (byId.get(id) ?? 0) + 1); }, continuation: () => undefined },
  });
  const { user, system } = process.cpuUsage(before);
  return { recognised: reading.records - reading.unknown, byId, cpuSeconds: (user + system) / 1e6 };
}

/** Variants whose text differs inside, as other versions and languages of the product would: they share the beginning, and never occur. */
function variants(templates: readonly Template[], count: number): readonly Template[] {
  const out: Template[] = [];
  for (let round = 1; out.length < count; round += 1) {
    for (const { id, template, ...others } of templates) {
      if (out.length === count) break;
      const at = template.search(/[a-z]{4}(?![^{]*\})/);
      const text = `${template.slice(0, Math.max(at, 0) + 3)}${String(round)}${template.slice(Math.max(at, 0) + 3)}`;
      const { parts, faults } = readTemplate(text);
      if (faults.length === 0) out.push({ ...others, id: `${id}-${String(round)}`, template: text, parts });
    }
  }
  return out;
}

const [, , file, count] = process.argv;
if (file !== undefined && count !== undefined) {
  const all = builtInCatalogues().flatMap(({ templates }) => templates);
  const { byId } = await read(file, all);
  const sorted = [...all].sort((x, y) => (byId.get(y.id) ?? 0) - (byId.get(x.id) ?? 0));
  const most = sorted.slice(0, 24);
  const silent = sorted.filter(({ id }) => !byId.has(id));
  let others = count === '24' ? [] : [...silent, ...variants(all, Number(count))];
  // Where one template is left out another one may take its line: until none of them is heard.
  for (let heard = 1; heard > 0;) {
    const { byId: found } = await read(file, [...most, ...others]);
    const before = others.length;
    others = others.filter(({ id }) => !found.has(id));
    heard = before - others.length;
  }
  const templates = [...most, ...others].slice(0, Number(count));
  // The passes before have warmed the code; only this one counts.
  const { recognised, cpuSeconds } = await read(file, templates);
  process.stdout.write(JSON.stringify({ templates: templates.length, recognised, cpuSeconds }));
}
