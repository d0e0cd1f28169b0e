import { doc } from '../../codec/plain.js';
import { DateTime, Doc } from '../../codec/values.js';
import { Unit } from '../unit.js';
import { arrayField, reply, type Call } from './context.js';
import { VERSION } from './diagnostics.js';
import { MECHANISM, speculativeLogin } from './login.js';

const MAX_WIRE_VERSION = 21;
export const SET_NAME = 'embedded';

export function hello(call: Call): Doc {
  const { address } = call.engine;
  const { credentials } = call.peer;
  const asksForMechanisms = credentials && call.body.get('saslSupportedMechs') !== undefined;
  const isHello = call.name === 'hello';
  return reply({
    helloOk: true,
    ...(isHello ? { isWritablePrimary: true } : { ismaster: true }),
    secondary: false,
    setName: SET_NAME,
    setVersion: 1,
    hosts: [address],
    primary: address,
    me: address,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new DateTime(BigInt(Date.now())),
    logicalSessionTimeoutMinutes: 30,
    connectionId: call.peer.id,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
    saslSupportedMechs: asksForMechanisms ? [MECHANISM] : undefined,
    speculativeAuthenticate: credentials && speculativeLogin(call),
  });
}

export function ping(): Doc {
  return reply();
}

export function buildInfo(): Doc {
  return reply({
    version: VERSION,
    versionArray: [7, 0, 0, 0],
    gitVersion: 'civic-ledger-embedded',
    modules: [],
    storageEngines: ['embedded-lmdb'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
    buildEnvironment: doc({}),
  });
}

export async function endSessions(call: Call): Promise<Doc> {
  const unit = new Unit();
  call.engine.sessions.end(unit, arrayField(call, call.name));
  await call.engine.committer.commit(unit);
  return reply();
}
