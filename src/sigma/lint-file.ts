/** What concerns a file as a whole: its form, its name, and values that other readers of YAML read differently. */
import type { YamlNode } from '../text/yaml-document.ts';
import type { Report } from './report-finding.ts';

/** @param name of the only rule of the file, when it has one */
export function lintFile(text: string, file: string, name: string | undefined, report: Report): void {
  const first = { line: 1, column: 1 };
  if (text.startsWith('\ufeff')) report('RULE_FILE_FORM', first, 'the file begins with a byte order mark');
  if (text.includes('\r')) report('RULE_FILE_FORM', first, 'the file has carriage returns');
  if (/^ *\t/m.test(text)) report('RULE_FILE_FORM', first, 'the file has tabs at the beginning of lines');
  const base = file.split(/[/\\]/).at(-1) ?? file;
  if (!/^[a-z0-9_]{10,70}\.yml$/.test(base)) report('RULE_FILE_NAME', first, `'${base.slice(0, 80)}' is no name for a rule file`, 'use 10 to 70 of a-z, 0-9 and _, and .yml');
  else if (name !== undefined && base !== `${name}.yml`) report('RULE_FILE_NAME', first, `the file is named ${base}, its rule ${name}`, `name the file ${name.slice(0, 80)}.yml`);
}

/** Words, octal and sexagesimal numbers, dates and digits with underscores: YAML 1.1 makes something else of them than 1.2. */
const ambiguous = /^(?:yes|no|on|off|y|n|0o[0-7]+|[-+]?0\d+|[-+]?0b[01_]+|[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?|\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?|[-+]?\d[\d_]*_[\d_]*)$/i;

/** Reports every value and key without quotes that two versions of YAML read differently. */
export function lintScalars(node: YamlNode, report: Report): void {
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      if (key.isPlain && key.text.length <= 64 && ambiguous.test(key.text)) report('RULE_YAML_AMBIGUOUS', key.at, `${key.text} is read differently by YAML 1.1`);
      lintScalars(value, report);
    }
  } else if (node.kind === 'list') for (const item of node.items) lintScalars(item, report);
  else if (node.isPlain && node.source.length <= 64 && ambiguous.test(node.source)) report('RULE_YAML_AMBIGUOUS', node.at, `${node.source} is read differently by YAML 1.1`);
}
