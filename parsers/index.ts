/** The built-in parsers, listed by hand so that nothing is loaded because it lies in a folder. */
import type { DocumentParser } from './contract.ts';
import templates from './templates.json' with { type: 'json' };
import { auditEmail } from './audit-email/audit-email.ts';
import { rest } from './rest/rest.ts';

/** Parsers of whole documents, in the order in which they are asked. */
export const documentParsers: readonly DocumentParser[] = [auditEmail, rest];

/** Folders of the line parsers, each with a `messages.yml`, in order of precedence. */
export const catalogueFolders: readonly string[] = ['explorer', 'archiver'];

/** Templates of these catalogues by id, without what only people and tests need; generated from their `messages.yml`. */
export const catalogueTemplates: readonly { readonly catalogue: string; readonly templates: Readonly<Record<string, string>> }[] = templates;
