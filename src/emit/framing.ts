/** How a stream tells messages apart (RFC 6587): a count before each, or a line feed after it. */

/**
 * The message as it goes over a stream. A payload of ours holds no line break; should one come in, it becomes a blank, because behind a line feed a
 * receiver would read another message.
 */
export function frameMessage(message: string, framing: 'octet-counting' | 'lf'): Buffer {
  if (framing === 'octet-counting') return Buffer.from(`${Buffer.byteLength(message, 'utf8')} ${message}`, 'utf8');
  return Buffer.from(`${message.replace(/[\r\n]/g, ' ')}\n`, 'utf8');
}
