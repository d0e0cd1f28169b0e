import groups from '@eventstore/db-client/generated/persistent_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import fc from 'fast-check';
import { writeGroupInfo } from './group-info.js';
import { decodeGroupReadRequest, deliveredLink, deliveredRecord } from './group-read.js';
import {
  decodeChangeRequest,
  decodeDeleteGroupRequest,
  decodeInfoRequest,
  decodeListRequest,
  decodeReplayRequest,
} from './group-requests.js';
import { KIND_EVENT, recordSize, writeRecord } from './recorded-event.js';
import { parseUuid, uuidText } from './uuid.js';
import { Writer } from './writer.js';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const encoded = (message: { serializeBinary(): Uint8Array }): Buffer => Buffer.from(message.serializeBinary());

function stream(name: string): shared.StreamIdentifier {
  const message = new shared.StreamIdentifier();
  message.setStreamName(Buffer.from(name).toString('base64'));
  return message;
}

function uuidOf(id: string): shared.UUID {
  const message = new shared.UUID();
  message.setString(id);
  return message;
}

/** Its fields have setters of these names, and the settings of a group are all of them. */
const NUMBERS = {
  setMaxRetryCount: 'maxRetryCount',
  setMinCheckpointCount: 'minCheckpointCount',
  setMaxCheckpointCount: 'maxCheckpointCount',
  setMaxSubscriberCount: 'maxSubscriberCount',
  setLiveBufferSize: 'liveBufferSize',
  setReadBatchSize: 'readBatchSize',
  setHistoryBufferSize: 'historyBufferSize',
  setMessageTimeoutMs: 'messageTimeout',
  setCheckpointAfterMs: 'checkpointAfter',
} as const;

describe('The codec of persistent subscriptions agrees with the stubs of the official client', () => {
  it('given any settings, when the client encodes a Create request, then every field is read back', () => {
    const values = fc.record(Object.fromEntries(Object.values(NUMBERS).map((name) => [name, int32])));
    fc.assert(
      fc.property(
        values,
        fc.boolean(),
        fc.boolean(),
        text,
        text,
        fc.nat(),
        (numbers, links, extra, name, group, from) => {
          const settings = new groups.CreateReq.Settings();
          for (const [set, field] of Object.entries(NUMBERS) as [keyof typeof NUMBERS, string][])
            settings[set](numbers[field] as number);
          settings.setResolveLinks(links).setExtraStatistics(extra).setConsumerStrategy('PinnedByCorrelation');
          const target = new groups.CreateReq.StreamOptions()
            .setStreamIdentifier(stream(name))
            .setRevision(String(from));
          const options = new groups.CreateReq.Options().setStream(target).setGroupName(group).setSettings(settings);
          const request = decodeChangeRequest(encoded(new groups.CreateReq().setOptions(options)));
          expect(request).toEqual({
            source: { stream: Buffer.from(name) },
            group: Buffer.from(group).toString(),
            startFrom: from,
            filter: undefined,
            settings: { ...numbers, resolveLinks: links, extraStatistics: extra, strategy: 'PinnedByCorrelation' },
          });
        },
      ),
    );
  });

  it('given times in ticks and the older fields, when an Update request is read, then they are understood', () => {
    const settings = new groups.UpdateReq.Settings()
      .setMessageTimeoutTicks('25000')
      .setCheckpointAfterTicks('30000000');
    settings.setNamedConsumerStrategy(groups.UpdateReq.ConsumerStrategy.PINNED).setRevision('7');
    const options = new groups.UpdateReq.Options().setStreamIdentifier(stream('s')).setSettings(settings);
    const request = decodeChangeRequest(encoded(new groups.UpdateReq().setOptions(options)));
    expect(request).toMatchObject({ source: { stream: Buffer.from('s') }, startFrom: 7 });
    expect(request.settings).toMatchObject({ messageTimeout: 2, checkpointAfter: 3000, strategy: 'Pinned' });
  });

  it('given $all, when it starts at a position with a filter, then both are read', () => {
    const F = groups.CreateReq.AllOptions.FilterOptions;
    const filter = new F().setEventType(new F.Expression().setPrefixList(['A', 'B'])).setMax(32);
    const position = new groups.CreateReq.Position().setCommitPosition('9').setPreparePosition('8');
    const all = new groups.CreateReq.AllOptions().setPosition(position).setFilter(filter);
    const options = new groups.CreateReq.Options().setAll(all).setSettings(new groups.CreateReq.Settings());
    const request = decodeChangeRequest(encoded(new groups.CreateReq().setOptions(options)));
    expect(request).toMatchObject({ source: 'all', startFrom: { commit: 9, prepare: 8 } });
    expect(request.filter).toMatchObject({ on: 'type', prefixes: ['A', 'B'] });
  });

  it('given the requests that name a group, when they are read, then they name the same', () => {
    const named = { source: { stream: Buffer.from('s') }, group: 'g' };
    const removal = new groups.DeleteReq.Options().setStreamIdentifier(stream('s')).setGroupName('g');
    const asked = new groups.GetInfoReq.Options().setStreamIdentifier(stream('s')).setGroupName('g');
    const replay = new groups.ReplayParkedReq.Options().setStreamIdentifier(stream('s')).setGroupName('g');
    expect(decodeDeleteGroupRequest(encoded(new groups.DeleteReq().setOptions(removal)))).toEqual(named);
    expect(decodeInfoRequest(encoded(new groups.GetInfoReq().setOptions(asked)))).toEqual(named);
    const decodeReplay = (): unknown => decodeReplayRequest(encoded(new groups.ReplayParkedReq().setOptions(replay)));
    replay.setStopAt('-1');
    expect(decodeReplay()).toEqual({ ...named, stopAt: -1 });
    replay.setNoLimit(new shared.Empty());
    expect(decodeReplay()).toEqual({ ...named, stopAt: 'no limit' });
    replay.setAll(new shared.Empty());
    expect(decodeReplay()).toMatchObject({ source: 'all' });
  });

  it('given a List request, when it is read, then it wants every group, those of a stream, or those of $all', () => {
    const asked = (options: groups.ListReq.Options): unknown =>
      decodeListRequest(encoded(new groups.ListReq().setOptions(options)));
    const of = (option: groups.ListReq.StreamOption): groups.ListReq.Options =>
      new groups.ListReq.Options().setListForStream(option);
    expect(asked(new groups.ListReq.Options().setListAllSubscriptions(new shared.Empty()))).toBe('every group');
    expect(asked(of(new groups.ListReq.StreamOption().setStream(stream('s'))))).toEqual({ stream: Buffer.from('s') });
    expect(asked(of(new groups.ListReq.StreamOption().setAll(new shared.Empty())))).toBe('all');
  });

  it('given any answers of a consumer, when they are read, then ids, action and reason are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid(), { maxLength: 5 }), text, fc.nat({ max: 6 }), (ids, reason, action) => {
        const nack = new groups.ReadReq.Nack().setIdsList(ids.map(uuidOf)).setReason(reason);
        nack.setAction(action);
        const request = decodeGroupReadRequest(encoded(new groups.ReadReq().setNack(nack)));
        expect(request).toEqual({
          kind: 'nack',
          ids: ids.map((id) => parseUuid(Buffer.from(id))),
          action: ['unknown', 'park', 'retry', 'skip', 'stop'][action],
          reason: Buffer.from(reason).toString(),
        });
      }),
    );
  });

  it('given any record, when it is delivered in either form or by a link, then the client reads the same event', () => {
    const anyData = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(
        fc.uuid(),
        anyData,
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (id, data, position, retryCount, structuredIds) => {
          const [name, type] = [Buffer.from('s'), Buffer.from('t')];
          const record = { kind: KIND_EVENT, position, revision: 3, stream: name, type, isJson: true, createdMs: 0 };
          const whole = { ...record, id: parseUuid(Buffer.from(id)), metadata: Buffer.alloc(0), data };
          const buf = Buffer.alloc(recordSize(whole));
          writeRecord(buf, whole);
          const shape = { structuredIds };
          const read = (framed: Buffer): groups.ReadResp.ReadEvent | undefined => {
            expect(framed.readUInt32BE(1)).toBe(framed.length - 5);
            return groups.ReadResp.deserializeBinary(framed.subarray(5)).getEvent();
          };
          const event = read(deliveredRecord(buf, position, retryCount, shape));
          expect(event?.getRetryCount()).toBe(retryCount);
          expect(event?.getCommitPosition()).toBe(String(position));
          expect(Buffer.from(event?.getEvent()?.getData_asU8() ?? [])).toEqual(data);
          expect(event?.getEvent()?.getId()?.hasStructured()).toBe(structuredIds);
          const linked = read(deliveredLink(buf, buf, position, retryCount, shape));
          expect([linked?.hasEvent(), linked?.hasLink(), linked?.getRetryCount()]).toEqual([true, true, retryCount]);
          expect(read(deliveredLink(buf, undefined, position, 0, shape))?.hasEvent()).toBe(false);
          if (!structuredIds) expect(event?.getEvent()?.getId()?.getString()).toBe(uuidText(whole.id));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('given the information of a group, when it is written, then the client reads every field', () => {
    const settings = {
      ...Object.fromEntries(Object.values(NUMBERS).map((name, index) => [name, index + 1])),
      resolveLinks: true,
      extraStatistics: true,
      strategy: 'Pinned',
    } as Parameters<typeof writeGroupInfo>[1]['settings'];
    const connection = {
      username: 'u',
      connectionName: 'c',
      averagePerSecond: 1,
      totalItems: 2,
      itemsSinceLast: 3,
      measurements: [{ key: 'Mean', value: 4 }],
      availableSlots: 5,
      inFlight: 6,
    };
    const writer = new Writer();
    writeGroupInfo(writer, {
      source: 's',
      group: 'g',
      status: 'Live',
      connections: [connection],
      averagePerSecond: 10,
      totalItems: 11,
      itemsSinceLast: 12,
      lastCheckpoint: '13',
      lastKnown: '14',
      startFrom: '15',
      settings,
      readBuffer: 16,
      liveBuffer: 17,
      retryBuffer: 18,
      inFlight: 19,
      outstanding: 20,
      parked: 21,
    });
    expect(groups.SubscriptionInfo.deserializeBinary(writer.finish()).toObject()).toEqual({
      eventSource: 's',
      groupName: 'g',
      status: 'Live',
      connectionsList: [
        {
          from: '',
          username: 'u',
          averageItemsPerSecond: 1,
          totalItems: '2',
          countSinceLastMeasurement: '3',
          observedMeasurementsList: [{ key: 'Mean', value: '4' }],
          availableSlots: 5,
          inFlightMessages: 6,
          connectionName: 'c',
        },
      ],
      averagePerSecond: 10,
      totalItems: '11',
      countSinceLastMeasurement: '12',
      lastCheckpointedEventPosition: '13',
      lastKnownEventPosition: '14',
      resolveLinkTos: true,
      startFrom: '15',
      messageTimeoutMilliseconds: settings.messageTimeout,
      extraStatistics: true,
      maxRetryCount: settings.maxRetryCount,
      liveBufferSize: settings.liveBufferSize,
      bufferSize: settings.historyBufferSize,
      readBatchSize: settings.readBatchSize,
      checkPointAfterMilliseconds: settings.checkpointAfter,
      minCheckPointCount: settings.minCheckpointCount,
      maxCheckPointCount: settings.maxCheckpointCount,
      readBufferCount: 16,
      liveBufferCount: '17',
      retryBufferCount: 18,
      totalInFlightMessages: 19,
      outstandingMessagesCount: 20,
      namedConsumerStrategy: 'Pinned',
      maxSubscriberCount: settings.maxSubscriberCount,
      parkedMessageCount: '21',
    });
  });
});
