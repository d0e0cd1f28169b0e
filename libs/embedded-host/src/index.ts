export { FolderInUseError, lockFolder } from './folder-lock.js';
export { serveFromWorker, startInWorker, type HostedServer } from './hosted-server.js';
export { compilePattern, PatternError } from './pattern.js';
