// npm run build: compiles to dist/, joins that into dist/bundle, and notes of which sources it is.
import { rmSync, writeFileSync } from 'node:fs';
import { run, stamp, stampFile } from './set-up.mjs';

// Of before: what changes meanwhile is built the next time.
const now = stamp();
rmSync(stampFile, { force: true });
run('nest', 'build', '--all', '--builder', 'swc');
await import('./bundle.mjs');
writeFileSync(stampFile, now);
