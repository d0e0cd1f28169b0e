import { ALL, type GroupDefinition } from './definition.js';
import { placeFrom, startOf, startText } from './places.js';

/** An entry of `$PersistentConfig`. The names are the real server's, so that it can read what is written here. */
interface Entry {
  stream: string;
  group: string;
  filter?: { context: 'streamid' | 'eventtype'; type: 'regex' | 'prefix'; data: string; isAllStream: boolean };
  /** The prefixes one by one; `filter.data` joins them by commas, which a prefix may hold. */
  filterPrefixes?: string[];
  resolveLinkTos: boolean;
  extraStatistics: boolean;
  messageTimeout: number;
  startFrom?: number;
  startPosition: string;
  /** What the end was when a group was created that starts there. */
  end?: number;
  liveBufferSize: number;
  historyBufferSize: number;
  maxRetryCount: number;
  readBatchSize: number;
  checkPointAfter: number;
  minCheckPointCount: number;
  maxCheckPointCount: number;
  maxSubscriberCount: number;
  namedConsumerStrategy: string;
}

/** The data of a `$PersistentConfig` event. */
export function writeConfiguration(definitions: Iterable<GroupDefinition>, updatedBy: string, now: Date): string {
  const entries = [...definitions].map(entryOf);
  return JSON.stringify({ version: '2', updated: now.toISOString(), updatedBy, entries });
}

function entryOf({ source, group, settings, startFrom, filter, end }: GroupDefinition): Entry {
  const inAll = source === ALL;
  const start = startOf(startFrom);
  return {
    stream: source,
    group,
    ...(filter !== undefined && filterEntry(filter)),
    resolveLinkTos: settings.resolveLinks,
    extraStatistics: settings.extraStatistics,
    messageTimeout: settings.messageTimeout,
    ...(!inAll && { startFrom: start === 'end' ? -1 : start }),
    startPosition: startText(startFrom, inAll),
    ...(end !== undefined && { end }),
    liveBufferSize: settings.liveBufferSize,
    historyBufferSize: settings.historyBufferSize,
    maxRetryCount: settings.maxRetryCount,
    readBatchSize: settings.readBatchSize,
    checkPointAfter: settings.checkpointAfter,
    minCheckPointCount: settings.minCheckpointCount,
    maxCheckPointCount: settings.maxCheckpointCount,
    maxSubscriberCount: settings.maxSubscriberCount,
    namedConsumerStrategy: settings.strategy,
  };
}

function filterEntry(filter: NonNullable<GroupDefinition['filter']>): Pick<Entry, 'filter' | 'filterPrefixes'> {
  const context = filter.on === 'stream' ? 'streamid' : 'eventtype';
  const { regex, prefixes } = filter;
  if (regex !== undefined && regex !== '')
    return { filter: { context, type: 'regex', data: regex, isAllStream: true } };
  return {
    filter: { context, type: 'prefix', data: prefixes.join(','), isAllStream: true },
    filterPrefixes: prefixes,
  };
}

/** Reads the data of a `$PersistentConfig` event; throws when it is none. */
export function readConfiguration(data: string): GroupDefinition[] {
  const { entries } = JSON.parse(data) as { entries: Entry[] };
  return entries.map(definitionOf);
}

function definitionOf(entry: Entry): GroupDefinition {
  const text = entry.startPosition ?? String(entry.startFrom);
  const place = placeFrom(text);
  if (place === undefined) throw new Error(`"${text}" is no place to start from.`);
  const isPlace = entry.stream === ALL && place !== 'end' && place !== 0;
  return {
    source: entry.stream,
    group: entry.group,
    settings: {
      resolveLinks: entry.resolveLinkTos,
      extraStatistics: entry.extraStatistics,
      messageTimeout: entry.messageTimeout,
      maxRetryCount: entry.maxRetryCount,
      checkpointAfter: entry.checkPointAfter,
      minCheckpointCount: entry.minCheckPointCount,
      maxCheckpointCount: entry.maxCheckPointCount,
      maxSubscriberCount: entry.maxSubscriberCount,
      liveBufferSize: entry.liveBufferSize,
      readBatchSize: entry.readBatchSize,
      historyBufferSize: entry.historyBufferSize,
      strategy: entry.namedConsumerStrategy,
    },
    startFrom: isPlace ? positionFrom(text) : place,
    filter: filterFrom(entry),
    end: entry.end,
  };
}

function positionFrom(text: string): { commit: number; prepare: number } {
  const [commit, prepare] = text.match(/\d+/g) ?? [];
  return { commit: Number(commit), prepare: Number(prepare) };
}

function filterFrom({ filter, filterPrefixes }: Entry): GroupDefinition['filter'] {
  if (filter === undefined || filter === null) return undefined;
  const isRegex = filter.type === 'regex';
  return {
    on: filter.context === 'streamid' ? 'stream' : 'type',
    regex: isRegex ? filter.data : undefined,
    prefixes: isRegex ? [] : (filterPrefixes ?? filter.data.split(',')),
    window: undefined,
    checkpointIntervalMultiplier: 1,
  };
}
