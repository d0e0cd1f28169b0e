// npm run where "<words>": the rules whose sentence has these words, in any order, and the specs that quote them.
import { join } from 'node:path';
import { isSpec } from '../architecture/places.js';
import { quotesOf, rulesIn, type WrittenRule } from '../architecture/rule-sentences.js';
import { readTree } from '../architecture/source-tree.js';

const words = process.argv.slice(2).join(' ').toLowerCase().split(/\s+/).filter(Boolean);
if (words.length === 0) {
  process.stderr.write('Which words? npm run where "registered once"\n');
  process.exit(2);
}

/** Rules stand in files of rules, and those of the service itself in problem.ts. */
const mayHoldRules = (path: string): boolean => path.endsWith('.rules.ts') || path.endsWith('/problem.ts');

const tree = readTree(join(import.meta.dirname, '..'), (path) => mayHoldRules(path) || isSpec(path));
const quotes = quotesOf(tree);
const has = ({ sentence, id }: WrittenRule): boolean => {
  const text = `${sentence} ${id}`.toLowerCase();
  return words.every((word) => text.includes(word));
};
const found = tree.files
  .filter(({ path }) => mayHoldRules(path))
  .flatMap(rulesIn)
  .filter(has);

for (const rule of found) {
  process.stdout.write(`${rule.sentence}\n  ${rule.id}\n  ${rule.path}:${rule.line}\n`);
  for (const { title, path, line } of quotes(rule)) process.stdout.write(`  spec  ${path}:${line}  ${title}\n`);
}
if (found.length === 0) {
  process.stderr.write('No rule has all these words. docs/reference/rules.md lists every sentence.\n');
  process.exit(1);
}
