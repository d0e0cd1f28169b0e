import { join } from 'node:path';
import { readEnvironment } from './environment.js';
import { exitCodes } from './exit-codes.js';
import { run } from './program.js';
import { projectFolder } from './project-folder.js';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
  });
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  data: (text) => void process.stdout.write(text),
  words: (text) => void process.stderr.write(text),
  stderr: process.stderr,
  environment: () => readEnvironment(process.env),
  fetch: globalThis.fetch,
  profilesFolder: join(projectFolder(import.meta.dirname), 'profiles'),
  signal: interruption.signal,
  colour: !process.env['NO_COLOR'] && process.stderr.isTTY,
});
