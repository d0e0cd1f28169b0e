// A thread of the engine from sources.
import '../../../tools/typescript.mjs';

const { keepReadModelsInThisThread } = await import('../src/engine-thread.ts');
const { boards, tallies } = await import('./boards.ts');
keepReadModelsInThisThread([boards, tallies]);
