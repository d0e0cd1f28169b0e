// node --import ./tools/typescript.mjs tool.ts: runs TypeScript sources as they stand.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
