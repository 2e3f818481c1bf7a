/** What an error of a socket means for a delivery. */
import type { Problem } from '../errors.ts';

/** `ready`: the connection stood when it happened. */
export function sendProblem(destination: string, url: string, error: unknown, moment: 'connecting' | 'ready'): Problem {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = `${code === '' ? '' : `${code}: `}${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}`;
  if (isAboutCertificates(code)) {
    return { code: 'send-certificate', message: `certificate between us and ${destination} (${url}) is refused: ${reason}`, remedy: 'check "ca", "certificate" and "key" of the destination, and the name in the certificate of its receiver' };
  }
  if (moment === 'ready') return { code: 'send-broken', message: `connection to ${destination} (${url}) broke: ${reason}`, remedy: 'what was not confirmed is sent again; look at the log of the receiver' };
  return { code: 'send-unreachable', message: `${destination} (${url}) cannot be reached: ${reason}`, remedy: 'check "url" of the destination, that its receiver runs, and the firewall between' };
}

/** Codes of Node and of OpenSSL: what we refuse of the receiver, what it refuses of us, and files that cannot be used. */
function isAboutCertificates(code: string): boolean {
  return /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT|ERR_OSSL_)/.test(code)
    || /^ERR_SSL_.*(?:CERTIFICATE|HANDSHAKE_FAILURE|UNKNOWN_CA|ACCESS_DENIED|KEY|PEM)/.test(code);
}
