import { compilePattern } from '@app/embedded-host';
import type { FilterOptions } from '../codec/read-requests.js';
import { recordStream, recordType } from '../codec/recorded-event.js';

export type Filter = (record: Buffer) => boolean;

const MOST_REMEMBERED = 10_000;

/** Regular expressions come from clients, so they run on RE2, whose time is linear in the text. */
export function compileFilter(options: FilterOptions): Filter {
  const field = options.on === 'stream' ? recordStream : recordType;
  if (options.regex !== undefined && options.regex !== '') {
    return remembered(compilePattern(options.regex), field);
  }
  const prefixes = options.prefixes.map((prefix) => Buffer.from(prefix, 'utf8'));
  return (record) => {
    const value = field(record);
    return prefixes.some(
      (prefix) => value.length >= prefix.length && value.compare(prefix, 0, prefix.length, 0, prefix.length) === 0,
    );
  };
}

/** Types and stream names repeat; each is matched once. */
function remembered(matches: (text: string) => boolean, field: (record: Buffer) => Buffer): Filter {
  const known = new Map<string, boolean>();
  return (record) => {
    const text = field(record).toString();
    let answer = known.get(text);
    if (answer === undefined) {
      if (known.size >= MOST_REMEMBERED) known.clear();
      answer = matches(text);
      known.set(text, answer);
    }
    return answer;
  };
}
