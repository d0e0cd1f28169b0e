import { readFileSync } from 'node:fs';

/** CPU milliseconds that a process has used so far; undefined where nobody can tell (another machine, not Linux). */
export function cpuOf(pid) {
  if (pid === undefined) return undefined;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

const ownCpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Starts counting; the answer tells microseconds per operation of the client and, where it is known, of the server. */
export function cpuPerOperation(pid) {
  const client = ownCpu();
  const server = cpuOf(pid);
  return (operations) => {
    const micros = (ms) => Math.round((ms * 1000) / operations);
    const ofClient = `client ${micros(ownCpu() - client)}`;
    const now = cpuOf(pid);
    return now === undefined ? `${ofClient} us` : `${ofClient}, server ${micros(now - server)} us`;
  };
}
