/**
 * Whether audit notifications of a server were off when something was restored. The server keeps no history of this setting and states no time with it
 * (formats/rest-api.md 7): what is known is that it was off in the last answer that was saved before and in the first one saved after.
 */
import { addTo } from '../text/add-to.ts';
import { firstIndex } from '../text/first-index.ts';

export interface AuditAnswer {
  /** the server as the configuration names the host of the source; answers of nobody knows which server prove nothing */
  readonly server: string;
  readonly isOn: boolean;
  /** when the answer was saved */
  readonly ms: number;
}
export interface AuditHistory {
  /** True when the answers before and after the time from `startMs` to `endMs` both say that notifications are off. */
  wasOff(server: string | undefined, startMs: number, endMs: number): boolean;
}

export function auditHistory(answers: readonly AuditAnswer[]): AuditHistory {
  const byServer = new Map<string, AuditAnswer[]>();
  for (const answer of answers) addTo(byServer, answer.server, answer);
  for (const list of byServer.values()) list.sort((x, y) => x.ms - y.ms);
  return {
    wasOff(server, startMs, endMs) {
      const list = byServer.get(server ?? '') ?? [];
      const before = list[firstIndex(list, ({ ms }) => ms > startMs) - 1];
      const after = list[firstIndex(list, ({ ms }) => ms >= endMs)];
      if (before === undefined || after === undefined) return false;
      // With whatever was saved in between or at the same moments.
      const from = firstIndex(list, ({ ms }) => ms >= before.ms);
      const to = firstIndex(list, ({ ms }) => ms > after.ms);
      return list.slice(from, to).every(({ isOn }) => !isOn);
    },
  };
}
