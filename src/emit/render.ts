/** One event as one syslog message: header, payload, and the limit that a receiver takes. */
import type { DestinationSettings } from '../config/config.ts';
import type { Problem } from '../errors.ts';
import type { Event } from '../event.ts';
import { cefLine } from './cef.ts';
import { ecsLine } from './ecs.ts';
import { shorten } from './shorten.ts';
import { syslogHeader, type Collector } from './syslog-header.ts';

/** A whole message without its frame, at most `maxMessageBytes` of the destination long; a problem when it cannot be made to fit. */
export type Render = (event: Event) => string | Problem;

export function createRenderer({ id, format, syslog }: DestinationSettings, collector: Collector): Render {
  const payload = format === 'cef' ? cefLine : ecsLine;
  return (event) => {
    // Nothing that is shortened stands in the header.
    const header = syslogHeader(event, syslog, collector);
    let message = '';
    const fits = (candidate: Event): boolean => {
      message = header + payload(candidate);
      return Buffer.byteLength(message, 'utf8') <= syslog.maxMessageBytes;
    };
    const fitting = shorten(event, fits);
    if (fitting === undefined) {
      return {
        code: 'send-too-large', message: `event ${event['event.id'] ?? ''} does not fit the ${syslog.maxMessageBytes} bytes of a message to ${id}`,
        remedy: 'raise "max_message_size" of the destination if its receiver takes more',
      };
    }
    // The search for the longest cut ends at another candidate than the one it chose.
    fits(fitting);
    return message;
  };
}
