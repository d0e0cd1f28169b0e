// npm start [-- --empty]
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { build, home, install, needNode } from './set-up.mjs';

needNode();
install();
build();
process.setSourceMapsEnabled(true);
// In this process, so that Ctrl-C and SIGTERM reach the service itself.
await import(pathToFileURL(join(home, 'dist', 'apps', 'all-in-one', 'src', 'main.js')).href);
