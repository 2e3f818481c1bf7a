/** Findings as SARIF 2.1.0 (OASIS, errata 01), for tools that show them beside the changed lines of a review. */
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { caseCodes, type CaseCode } from '../detect/cases/case-codes.ts';
import { findingCodes, findingKind, type FindingCode } from '../sigma/finding-codes.ts';
import type { Finding, FindingSeverity } from '../sigma/finding.ts';
import { stableId } from '../text/hash.ts';

const levels: Readonly<Record<FindingSeverity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** One run; files are relative to `cwd` where they lie below it. Ends with a line feed. */
export function sarifText(findings: readonly Finding[], cwd: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const indexes = new Map(codes.map((code, index) => [code, index]));
  return `${JSON.stringify({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'vb365-siem', version: manifest.version, rules: codes.map(descriptorOf) } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(cwd).href}/` } },
      results: findings.map((finding) => resultOf(finding, indexes.get(finding.code) ?? 0)),
    }],
  }, undefined, 2)}\n`;
}

function descriptorOf(code: string): object {
  const kind = Object.hasOwn(findingCodes, code) ? findingKind(code as FindingCode) : undefined;
  const { meaning, remedy } = kind ?? caseCodes[code as CaseCode];
  return { id: code, shortDescription: { text: meaning }, help: { text: remedy }, defaultConfiguration: { level: levels[kind?.severity ?? 'error'] } };
}

function resultOf({ code, severity, message, remedy, file, line, column }: Finding, ruleIndex: number): object {
  return {
    ruleId: code, ruleIndex, level: levels[severity],
    message: { text: remedy === undefined ? message : `${message}: ${remedy}` },
    locations: [{ physicalLocation: { artifactLocation: locationOf(file), region: { startLine: line, startColumn: column } } }],
    // Stays the same when lines above are added or taken away.
    partialFingerprints: { 'finding/v1': stableId('finding', file, code, message) },
  };
}

function locationOf(file: string): object {
  return isAbsolute(file) ? { uri: pathToFileURL(file).href } : { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}
