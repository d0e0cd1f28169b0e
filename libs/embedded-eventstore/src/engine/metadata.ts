import { type Acl, parseAcl } from './acl.js';

/** What of a stream's metadata decides which of its events can be read, and by whom. */
export interface StreamMetadata {
  maxCount: number | undefined;
  maxAgeSeconds: number | undefined;
  truncateBefore: number | undefined;
  /** Soft deletion is the largest possible $tb. */
  softDeleted: boolean;
  acl: Acl | undefined;
}

export const NO_METADATA: StreamMetadata = {
  maxCount: undefined,
  maxAgeSeconds: undefined,
  truncateBefore: undefined,
  softDeleted: false,
  acl: undefined,
};
/** A metastream keeps its last event only, whatever its own metastream says. */
export const METASTREAM_METADATA: StreamMetadata = { ...NO_METADATA, maxCount: 1 };

const MAX_INT64 = 9223372036854775807n;
const MAX_SECONDS = 922337203685n;

/**
 * The members of a JSON object with their values as they are written: JSON.parse would round 2^63 - 1, which is how
 * a soft deletion is written. Undefined when the text is no JSON object.
 */
export function jsonMembers(text: string): [key: string, source: string][] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  } catch {
    return undefined;
  }
  const members: [string, string][] = [];
  let depth = 0;
  let key: string | undefined;
  let start = 0;
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [symbol] = match;
    if (symbol === '{' || symbol === '[') depth += 1;
    else if (symbol === '}' || symbol === ']') depth -= 1;
    else if (depth === 1 && symbol === ':') start = token.lastIndex;
    else if (depth === 1 && key === undefined && symbol.startsWith('"')) key = JSON.parse(symbol) as string;
    const memberEnds = (depth === 1 && symbol === ',') || (depth === 0 && symbol === '}');
    if (!memberEnds || key === undefined) continue;
    members.push([key, text.slice(start, match.index).trim()]);
    key = undefined;
  }
  return members;
}

/** A value of a wrong type, or one that overflows, makes the whole event count for nothing. */
export function parseMetadata(text: string): StreamMetadata {
  const members = jsonMembers(text);
  if (members === undefined) return NO_METADATA;
  const metadata = { ...NO_METADATA };
  for (const [key, source] of members) {
    if (key === '$acl') {
      metadata.acl = parseAcl(JSON.parse(source));
      if (metadata.acl === undefined) return NO_METADATA;
      continue;
    }
    if (key !== '$maxCount' && key !== '$maxAge' && key !== '$tb' && key !== '$cacheControl') continue;
    if (!/^-?\d+$/.test(source)) return NO_METADATA;
    const value = BigInt(source);
    if (value > MAX_INT64 || value < -MAX_INT64 - 1n) return NO_METADATA;
    if (key === '$maxAge' && value > MAX_SECONDS) return NO_METADATA;
    if (key === '$maxCount') metadata.maxCount = value > 0n ? Number(value) : undefined;
    else if (key === '$maxAge') metadata.maxAgeSeconds = value > 0n ? Number(value) : undefined;
    else if (key === '$tb') {
      metadata.softDeleted = value === MAX_INT64;
      metadata.truncateBefore = value >= 0n ? Number(value) : undefined;
    }
  }
  return metadata;
}

/** What the event of a metastream says. */
export const metadataOf = (isJson: boolean, data: Buffer): StreamMetadata =>
  isJson ? parseMetadata(data.toString()) : NO_METADATA;

/** The same metadata with another $tb; undefined when there is no JSON object to change. */
export function withTruncateBefore(text: string, truncateBefore: number): string | undefined {
  const members = jsonMembers(text === '' ? '{}' : text);
  if (members === undefined) return undefined;
  const sources = new Map(members);
  sources.set('$tb', String(truncateBefore));
  return `{${[...sources].map(([key, source]) => `${JSON.stringify(key)}:${source}`).join(',')}}`;
}

export const SOFT_DELETED = Buffer.from(`{"$tb":${MAX_INT64}}`);
