// A server on the embedded store's transport and codec that stores nothing: what it reaches is the client's limit. Writes are
// acknowledged at once, and a find gets as many copies of one document as it may have: one by _id, its limit otherwise.
import { createServer } from 'node:net';
import { BSON } from 'mongodb';
import { dist } from '../harness.mjs';
import { aDocument } from './mongo-workloads.mjs';

const { doc } = await dist('libs/embedded-mongo/src/codec/plain.js');
const { Arr, Doc } = await dist('libs/embedded-mongo/src/codec/values.js');
const { hello } = await dist('libs/embedded-mongo/src/engine/commands/connection.js');
const { reply } = await dist('libs/embedded-mongo/src/engine/commands/context.js');
const { Allowance } = await dist('libs/embedded-mongo/src/transport/allowance.js');
const { Connection } = await dist('libs/embedded-mongo/src/transport/connection.js');
const { MAX_MESSAGE } = await dist('libs/embedded-mongo/src/transport/wire.js');

const document = new Doc(Buffer.from(BSON.serialize(aDocument(1))));
const found = (namespace, count) =>
  reply({ cursor: doc({ firstBatch: Arr.of(Array(count).fill(document)), id: 0n, ns: namespace }) });

function answer({ database, body }) {
  const name = body.firstName;
  const of = (field) => body.get(field);
  switch (name) {
    case 'hello':
    case 'ismaster':
    case 'isMaster':
      return hello({ engine: { address }, name, body, peer: { id: 1 } });
    case 'insert':
      return reply({ n: of('documents').items.length });
    case 'update': {
      const n = of('updates').items.length;
      return reply({ n, nModified: n });
    }
    case 'find':
      return found(`${database}.${of('find')}`, of('filter').get('_id') === undefined ? Number(of('limit')) : 1);
    default:
      return reply();
  }
}

const allowance = new Allowance(MAX_MESSAGE * 10);
const server = createServer((socket) => {
  new Connection(
    socket,
    (request) => Promise.resolve(answer(request)),
    allowance,
    () => MAX_MESSAGE,
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `127.0.0.1:${server.address().port}`;
console.log(`mongodb://${address}/?directConnection=true`);
process.on('SIGTERM', () => process.exit(0));
