// npm start [-- --empty]
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { build, home, install, needNode } from './set-up.mjs';

needNode();
install();
build();
// In this process, so that Ctrl-C and SIGTERM reach the service itself.
await import(pathToFileURL(join(home, 'dist', 'bundle', 'all-in-one.js')).href);
