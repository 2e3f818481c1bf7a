import type { OriginKind } from '../event.ts';

/** One record that an attribution rests on, as people can look it up. The pipeline keeps one for each id in `vb365.attribution.evidence`. */
export interface EvidenceLine {
  /** `event.id` of the activity */
  readonly id: string;
  readonly kind: OriginKind;
  readonly file: string;
  /** 1-based; absent for whole documents */
  readonly line?: number;
  /** byte offset in the file */
  readonly offset?: number;
  /** RFC 3339 UTC */
  readonly at?: string;
  /** what the record says, in one sentence */
  readonly sentence: string;
  /** the record as the source wrote it */
  readonly raw?: string;
}

/** What people call the kinds of sources. */
export const sourceNames: Readonly<Record<OriginKind, string>> = {
  explorer_log: 'Explorer log', archiver_log: 'Archiver log', rest_log: 'REST service log', audit_mail: 'audit mail', rest_api: 'REST API',
};

/** The name people know a value of `vb365.origin.kind` by; an unknown kind is printed as it is. */
export function sourceName(kind: string): string {
  return Object.hasOwn(sourceNames, kind) ? sourceNames[kind as OriginKind] : kind;
}
