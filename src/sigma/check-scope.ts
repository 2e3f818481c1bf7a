/** Rules over all tenants say nothing of what a tenant keeps. */
import type { Report } from './report-finding.ts';
import type { Rule } from './rule.ts';

/** Whether a field holds names of items, subjects or paths. */
export function isContentField(name: string): boolean {
  return /^(?:vb365\.item\.(?:name|path)|vb365\.target\.path|email\.subject|file\.[a-z_]+|message|event\.original)$/.test(name);
}

/** Fields that the alerts of a provider rule would carry. */
export function checkScope(rule: Rule, report: Report): void {
  if (rule.vb365.scope !== 'provider') return;
  for (const [index, name] of rule.fields.entries()) if (isContentField(name)) report('RULE_PROVIDER_SCOPE_CONTENT', rule.places?.get(`fields[${index}]`) ?? rule.position, `${name} is content of a tenant`);
  for (const [index, name] of (rule.vb365.suppressBy ?? []).entries()) if (isContentField(name)) report('RULE_PROVIDER_SCOPE_CONTENT', rule.places?.get(`vb365.suppress_by[${index}]`) ?? rule.position, `${name} is content of a tenant`);
}
