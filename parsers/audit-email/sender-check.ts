/**
 * Who sent this mail, as far as the receiving server says (formats of audit mails, section 8). An audit mail carries no secret: whoever can
 * deliver to the mailbox can invent restores, so a mail that fails here never becomes one.
 */
import type { MailAuthentication } from '../../src/event.ts';
import type { Message } from './read-message.ts';
import { readAuthenticationResults, readReceived, type AuthenticationResults, type MethodResult } from './trace-headers.ts';

export interface SenderCheck {
  readonly trust: 'authenticated' | 'unverified' | 'forged';
  /** codes of what was found: `relay`, `dmarc-pass`, `spf-fail`, `no-authentication-results` … */
  readonly reasons: readonly string[];
}
export interface ExpectedAddresses {
  /** addresses that audit mails are sent from, lower case; empty: not checked */
  readonly from: readonly string[];
  /** addresses that audit mails are sent to, lower case; empty: not checked */
  readonly to: readonly string[];
}

/** Only the topmost headers count: everything below may have come with the mail. */
export function checkSender(message: Message, settings: MailAuthentication | undefined, expected: ExpectedAddresses): SenderCheck {
  const policy = settings?.policy ?? 'prefer';
  if (policy === 'off') return { trust: 'unverified', reasons: ['policy-off'] };
  const topReceived = message.headers.find(({ name }) => name === 'received');
  const hop = topReceived === undefined ? undefined : readReceived(topReceived.value);
  const topResults = message.headers.find(({ name }) => name === 'authentication-results');
  const results = topResults === undefined ? undefined : readAuthenticationResults(topResults.value);

  const reasons: string[] = [];
  const relays = (settings?.relays ?? []).map((relay) => relay.trim().toLowerCase());
  const isRelay = hop !== undefined && hop.addresses.length > 0 && hop.addresses.every((address) => relays.includes(address));
  const found = results === undefined ? { verdict: 'none' as const, reasons: ['no-authentication-results'] } : judge(results, message.from);
  reasons.push(...found.reasons);
  if (isRelay) reasons.push('relay');
  const isOwnServer = isOwn(results, settings?.authservId, hop?.by);
  if (results !== undefined && !isOwnServer) reasons.push('authserv-id-unknown');

  const isUnexpected = unexpected(message, expected, reasons, policy);
  const isAuthenticated = !isUnexpected && (isRelay || (found.verdict === 'pass' && isOwnServer));
  if (isAuthenticated) return { trust: 'authenticated', reasons };
  return { trust: policy === 'require' || isUnexpected || found.verdict === 'fail' ? 'forged' : 'unverified', reasons };
}

/** A configured id decides; without one the header must name the server that took the mail. */
function isOwn(results: AuthenticationResults | undefined, configured: string | undefined, by: string | undefined): boolean {
  const id = results?.authservId;
  if (id === undefined) return false;
  return configured === undefined ? id === by : id === configured.trim().toLowerCase();
}

function unexpected(message: Message, expected: ExpectedAddresses, reasons: string[], policy: 'require' | 'prefer'): boolean {
  const wrongSender = expected.from.length > 0 && (message.from.length === 0 || !message.from.every((address) => expected.from.includes(address)));
  const wrongRecipient = expected.to.length > 0 && !message.recipients.some((address) => expected.to.includes(address));
  if (wrongSender) reasons.push('sender-unexpected');
  if (wrongRecipient) reasons.push('recipient-unexpected');
  // A redirected mail keeps a foreign recipient, so that alone condemns only where everything has to fit.
  return wrongSender || (wrongRecipient && policy === 'require');
}

interface Verdict { readonly verdict: 'pass' | 'fail' | 'none'; readonly reasons: readonly string[] }

/** DMARC speaks for the From domain; without it an aligned SPF or DKIM pass does, and an SPF fail against it. */
function judge({ results }: AuthenticationResults, from: readonly string[]): Verdict {
  const domain = from.length === 1 ? from[0]?.slice(from[0].lastIndexOf('@') + 1) : undefined;
  const of = (method: string): readonly MethodResult[] => results.filter((result) => result.method === method);
  const reasons = ['dmarc', 'spf', 'dkim'].flatMap((method) => [...new Set(of(method).map(({ result }) => `${method}-${result}`))]);
  const isAligned = (value: string | undefined): boolean => value !== undefined && domain !== undefined && alignedDomains(value, domain);
  const dmarcPass = of('dmarc').some(({ result, properties }) => result === 'pass' && isAligned(properties['header.from']));
  const dmarcFail = of('dmarc').some(({ result }) => result === 'fail');
  if (dmarcFail) return { verdict: 'fail', reasons };
  const isPass = dmarcPass
    || of('spf').some(({ result, properties }) => result === 'pass' && isAligned(domainOf(properties['smtp.mailfrom'])))
    || of('dkim').some(({ result, properties }) => result === 'pass' && isAligned(properties['header.d'] ?? domainOf(properties['header.i'])));
  if (isPass) return { verdict: 'pass', reasons };
  return { verdict: of('spf').some(({ result }) => result === 'fail') ? 'fail' : 'none', reasons };
}

function domainOf(value: string | undefined): string | undefined {
  return value?.slice(value.lastIndexOf('@') + 1).replace(/^<|>$/g, '');
}

/** Relaxed alignment without a list of public suffixes: equal, or one lies below the other and both have two labels. */
function alignedDomains(one: string, other: string): boolean {
  if (one === other) return one !== '';
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.includes('.') && long.endsWith(`.${short}`);
}
