import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import operations from '@eventstore/db-client/generated/operations_pb.js';
import { frame } from './codec/responses.js';
import { requestScavenge } from './request-scavenge.js';

/** The bytes of gRPC before a message. */
const PREFIX = 5;

describe('the request to scavenge', () => {
  let server: Http2Server;
  let body: Promise<Buffer>;

  beforeAll(async () => {
    server = createServer().on('stream', (stream) => {
      body = buffer(stream);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      const response = new operations.ScavengeResp().setScavengeId('a-scavenge');
      stream.end(frame(Buffer.from(response.serializeBinary())));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => server.close());

  it('names its options: EventStoreDB fails without them, and each scavenge has one thread at least', async () => {
    const { port } = server.address() as AddressInfo;
    expect(await requestScavenge(`esdb://127.0.0.1:${port}?tls=false`)).toBe('a-scavenge');
    const request = operations.StartScavengeReq.deserializeBinary((await body).subarray(PREFIX));
    expect(request.getOptions()?.toObject()).toEqual({ threadCount: 1, startFromChunk: 0 });
  });
});
