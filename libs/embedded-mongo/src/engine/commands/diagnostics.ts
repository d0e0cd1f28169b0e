import { arch, cpus, hostname, release, totalmem, type, version } from 'node:os';
import type { Plain } from '../../codec/plain.js';
import { DateTime, type Doc, double } from '../../codec/values.js';
import { badValue, MongoError } from '../errors.js';
import { show } from '../index-definition.js';
import { sizesOf, storageStats } from '../statistics.js';
import { FEATURE_VERSION } from '../system-version.js';
import { collectionName, countField, flagField, missing, reply, type Call } from './context.js';

export const VERSION = '7.0.0';
const MEBIBYTE = 1024 * 1024;
const LOGS = ['global', 'startupWarnings'];
const PARAMETERS: { readonly [name: string]: Plain } = { featureCompatibilityVersion: { version: FEATURE_VERSION } };

function adminOnly(call: Call): void {
  if (call.database !== 'admin') throw new MongoError(13, `${call.name} may only be run against the admin database.`);
}

function scaleOf(call: Call): number {
  const scale = countField(call, 'scale', 1);
  if (scale < 1) throw badValue(`BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
}

export function connectionStatus(call: Call): Doc {
  const { user } = call.peer;
  return reply({
    authInfo: {
      authenticatedUsers: user === undefined ? [] : [{ user, db: 'admin' }],
      authenticatedUserRoles: user === undefined ? [] : [{ role: 'root', db: 'admin' }],
      authenticatedUserPrivileges: flagField(call, 'showPrivileges') ? [] : undefined,
    },
  });
}

export function hostInfo(): Doc {
  const cores = cpus();
  return reply({
    system: {
      currentTime: new DateTime(BigInt(Date.now())),
      hostname: hostname(),
      cpuAddrSize: 64,
      memSizeMB: BigInt(Math.floor(totalmem() / MEBIBYTE)),
      numCores: cores.length,
      cpuArch: arch(),
      numaEnabled: false,
    },
    os: { type: type(), name: version(), version: release() },
    extra: { versionString: version(), kernelVersion: release(), cpuFrequencyMHz: String(cores[0]?.speed ?? 0) },
  });
}

export function serverStatus({ engine }: Call): Doc {
  const { counters, cursors } = engine;
  const uptime = Date.now() - counters.startedAt;
  return reply({
    host: engine.address,
    version: VERSION,
    process: 'embedded-mongo',
    pid: BigInt(process.pid),
    uptime: double(Math.floor(uptime / 1000)),
    uptimeMillis: BigInt(uptime),
    localTime: new DateTime(BigInt(Date.now())),
    connections: { current: counters.connectionsNow, totalCreated: counters.connections },
    metrics: { cursor: { open: { total: BigInt(cursors.count) } } },
    mem: { bits: 64, resident: Math.floor(process.memoryUsage.rss() / MEBIBYTE) },
    opcounters: counters.operations,
    storageEngine: { name: 'embedded-lmdb', persistent: true, readOnly: false },
  });
}

/** The file gives no space back to one database. */
const NO_FREE_STORAGE = {
  freeStorageSize: double(0),
  indexFreeStorageSize: double(0),
  totalFreeStorageSize: double(0),
};

export function dbStats(call: Call): Doc {
  const scale = scaleOf(call);
  const collections = call.engine.catalogue.in(call.database);
  const sizes = collections.map(sizesOf);
  const sum = (of: (one: (typeof sizes)[number]) => number): number => sizes.reduce((all, one) => all + of(one), 0);
  const [objects, data, storage] = [sum((one) => one.count), sum((one) => one.size), sum((one) => one.storageSize)];
  const index = sum((one) => one.totalIndexSize);
  return reply({
    db: call.database,
    collections: BigInt(collections.length),
    views: 0n,
    objects: BigInt(objects),
    avgObjSize: double(objects > 0 ? data / objects : 0),
    dataSize: double(data / scale),
    storageSize: double(storage / scale),
    indexes: BigInt(collections.reduce((all, { indexes }) => all + indexes.length, 0)),
    indexSize: double(index / scale),
    totalSize: double((storage + index) / scale),
    scaleFactor: BigInt(scale),
    ...(flagField(call, 'freeStorage') && NO_FREE_STORAGE),
  });
}

export function collStats(call: Call): Doc {
  const scale = scaleOf(call);
  const ns = collectionName(call);
  const collection = call.engine.catalogue.get(ns);
  if (!collection)
    return reply({ ns, size: 0, count: 0, storageSize: 0, nindexes: 0, totalIndexSize: 0, totalSize: 0 });
  return reply({ ns, ...storageStats(collection, scale) });
}

export function getParameter(call: Call): Doc {
  adminOnly(call);
  const all = call.body.get('getParameter') === '*';
  const asked = Object.entries(PARAMETERS).filter(([name]) => all || call.body.get(name) !== undefined);
  if (asked.length === 0) throw new MongoError(72, 'no option found to get');
  return reply(Object.fromEntries(asked));
}

export const PARAMETER_NAMES = Object.keys(PARAMETERS);

export function getCmdLineOpts(call: Call): Doc {
  adminOnly(call);
  const { address } = call.engine;
  const port = Number(address.slice(address.lastIndexOf(':') + 1));
  return reply({ argv: ['embedded-mongo'], parsed: { net: { port } } });
}

/** The server writes no log of its own: what went wrong is answered, or told by the process that runs it. */
export function getLog(call: Call): Doc {
  adminOnly(call);
  const name = call.body.get('getLog') ?? null;
  if (name === null) throw missing('getLog', 'getLog');
  if (typeof name !== 'string')
    throw new MongoError(14, "BSON field 'getLog.getLog' is the wrong type, expected type 'string'");
  if (name === '*') return reply({ names: LOGS });
  if (!LOGS.includes(name)) throw new MongoError(96, `no RamLog named: ${show(name)}`);
  return reply({ totalLinesWritten: 0, log: [] });
}
