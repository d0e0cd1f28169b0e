// npm test [-- <jest arguments>]; --long runs the long suites instead of the default ones.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, home, install, needNode } from './set-up.mjs';

needNode();
install();
build();

const args = process.argv.slice(2).filter((arg) => arg !== '--long');
const long = process.argv.includes('--long')
  ? [
      '--testMatch',
      '**/*.long.spec.ts',
      '--testPathIgnorePatterns',
      '/node_modules/',
      '--testTimeout',
      '1800000',
      '--runInBand',
    ]
  : [];
const jest = spawn(process.execPath, [join(home, 'node_modules', 'jest', 'bin', 'jest.js'), ...long, ...args], {
  cwd: home,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));
jest.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
