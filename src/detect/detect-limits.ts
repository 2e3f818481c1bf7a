/** Bounds of the state of rules, together so that tests can make them small. */
import { maxCorrelationEntries, maxFiringsKept, maxGroupEntries, maxGroups, maxPastRestores, maxRestoresRemembered, maxSettling, maxSuppressionKeys, maxTenantStates } from '../limits.ts';

export interface DetectLimits {
  readonly groups: number;
  readonly entries: number;
  readonly allEntries: number;
  readonly firings: number;
  readonly pastRestores: number;
  readonly restores: number;
  readonly settling: number;
  readonly suppressionKeys: number;
  readonly tenants: number;
}

export const detectLimits: DetectLimits = {
  groups: maxGroups, entries: maxGroupEntries, allEntries: maxCorrelationEntries, firings: maxFiringsKept, pastRestores: maxPastRestores, restores: maxRestoresRemembered,
  settling: maxSettling, suppressionKeys: maxSuppressionKeys, tenants: maxTenantStates,
};
