// npm test [-- <jest arguments>]; --long or --oracles runs the long suites, or those of the published data, instead.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, home, install, needNode } from './set-up.mjs';

needNode();
install();
build();

/** The suites that the default run leaves out (jest.config.mjs), by the flag that runs them. */
const apart = {
  '--long': ['--testMatch', '**/*.long.spec.ts', '--testTimeout', '1800000', '--runInBand'],
  '--oracles': ['--testMatch', '**/*.oracle.spec.ts', '**/*-oracle.e2e-spec.ts', '--testTimeout', '600000'],
};
const given = process.argv.slice(2);
const args = given.filter((arg) => !(arg in apart));
const chosen = given.flatMap((arg) => apart[arg] ?? []);
if (chosen.length > 0) chosen.unshift('--testPathIgnorePatterns', '/node_modules/');

const jest = spawn(process.execPath, [join(home, 'node_modules', 'jest', 'bin', 'jest.js'), ...chosen, ...args], {
  cwd: home,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));
jest.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
