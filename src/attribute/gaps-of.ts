/** What a restore lacks, as codes; each has a sentence with what to do about it in the report. */
import { defaultSkewMs } from '../limits.ts';
import { foldName } from '../text/account.ts';
import type { Verdict } from './decide.ts';
import type { Records } from './ledger.ts';
import { organizationOf } from './organization-of.ts';
import type { Story } from './records.ts';

/** Sorted codes, each once. */
export function gapsOf(story: Story, verdict: Verdict, { audited, mails, auditing }: Records): readonly string[] {
  const { rest, item } = story;
  const gaps = new Set([...verdict.gaps, ...(item?.facts.gaps ?? [])]);
  // What another source states is not missing.
  if (rest !== undefined && story.join !== 'set') for (const code of ['extended-logging-off', 'fields-ambiguous', 'operation-incomplete', 'items-unknown']) gaps.delete(code);
  if (rest === undefined) gaps.add('rest-missing');
  if (rest !== undefined && story.mails.length === 0) {
    const { start, end = start } = rest.facts;
    // Where nobody is told of restores, no mail is missing.
    if (auditing.wasOff(rest.session?.facts.server, start.ms, end.ms)) gaps.add('auditing-off');
    else if (isAudited(story, audited, mails)) gaps.add('mail-missing');
  }
  const at = rest?.facts.start ?? item?.facts.at ?? story.mails[0]?.mail.facts.at;
  if ((at?.readings?.length ?? 0) > 1) gaps.add('time-ambiguous');
  if (rest === undefined && (item !== undefined ? !item.launch.facts.offsetKnown : at?.basis === 'assumed')) gaps.add('offset-unknown');
  if (Math.abs(item?.launch.skewMs ?? rest?.session?.launch?.skewMs ?? 0) > defaultSkewMs) gaps.add('clock-skew');
  return [...gaps].sort();
}

function isAudited(story: Story, audited: ReadonlySet<string>, mails: Records['mails']): boolean {
  const owner = story.rest?.content.fields['vb365.owner.name'];
  const { organizationKey } = organizationOf(story);
  return typeof owner === 'string' && audited.has(foldName(owner)) && mails.some((mail) => mail.organizationKey === organizationKey);
}
