/** Whether bytes begin like an Internet message (RFC 5322), valid or not. */

const known = new Set([
  'received', 'return-path', 'delivered-to', 'authentication-results', 'arc-seal', 'dkim-signature', 'from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'date',
  'message-id', 'mime-version', 'content-type', 'content-transfer-encoding', 'x-mailer', 'importance', 'thread-topic', 'thread-index',
]);
const neededFields = 2;

/** At least two header fields that every mail has, before anything that is not a header line. */
export function looksLikeMail(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 32 * 1024)).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  const found = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (index === 0 && line.startsWith('From ')) continue;
    if (/^[ \t]/.test(line)) {
      if (index === 0) return false;
      continue;
    }
    const name = /^([A-Za-z][A-Za-z0-9-]{0,75})[ \t]*:/.exec(line)?.[1]?.toLowerCase();
    if (name === undefined) return false;
    if (known.has(name)) found.add(name);
    if (found.size >= neededFields) return true;
  }
  return false;
}
