/** What derived facts ask of the configuration, as plain data: the record of src/config fits, and a test can write one by hand. */
import { defaultLearningMs, defaultMemoryMs } from '../../limits.ts';
import type { AccountKind } from '../../tenancy.ts';

type Lists = Readonly<Record<string, readonly string[]>>;

export interface ContextSettings {
  readonly baseline: BaselineLengths;
  readonly rules: { readonly placeholders: Lists };
  readonly tenants: readonly ContextTenant[];
}
export interface BaselineLengths {
  /** how long what was seen stays known */
  readonly memoryMs: number;
  /** how long after the first restore of a tenant nothing is new */
  readonly learningMs: number;
}
export interface ContextTenant {
  readonly id: string;
  readonly organizations: readonly { readonly aliases: readonly string[] }[];
  /** IANA zone */
  readonly timezone?: string;
  readonly hours?: HoursSettings;
  readonly accounts: readonly ContextAccount[];
  readonly ownerGroups: Lists;
  readonly hostGroups: Lists;
  readonly placeholders: Lists;
}
export interface HoursSettings {
  readonly timezone?: string;
  /** `mon` to `sun`: days on which working time begins */
  readonly days: readonly string[];
  /** `HH:MM`: first and last minute; `to` before `from` is on the next day */
  readonly from: string;
  readonly to: string;
  /** `YYYY-MM-DD` */
  readonly holidays: readonly string[];
}
export interface ContextAccount { readonly names: readonly string[]; readonly kind: AccountKind; readonly groups: readonly string[] }

/** Without a configuration: nothing is known of anybody, and the memory has its ordinary lengths. */
export const openSettings: ContextSettings = { baseline: { memoryMs: defaultMemoryMs, learningMs: defaultLearningMs }, rules: { placeholders: {} }, tenants: [] };
