import type { Guard } from './guard.js';
import { contextOf } from './places.js';
import { quotesOf, rulesIn } from './rule-sentences.js';

export const ruleGuards: readonly Guard[] = [
  {
    id: 'a-rule-is-a-sentence',
    sentence: 'A rule is a sentence, written once, in a file of rules.',
    advice: 'Begin with a capital, end with a full stop, and keep defineRules to <noun>.rules.ts.',
    offences: ({ files }) => {
      const rules = files.filter(({ path }) => contextOf(path) !== undefined).flatMap(rulesIn);
      const seen = new Set<string>();
      return rules.flatMap(({ path, line, sentence }) => {
        const known = seen.has(sentence);
        seen.add(sentence);
        if (!path.endsWith('.rules.ts')) return [{ path, line, what: 'stands outside of a file of rules' }];
        if (!/^[A-Z].*[.]$/s.test(sentence)) return [{ path, line, what: 'is no sentence' }];
        return known ? [{ path, line, what: 'stands twice' }] : [];
      });
    },
  },
  {
    id: 'a-rule-has-a-spec',
    sentence: 'Every rule is quoted by the title of a spec.',
    advice: 'Write `it(agencyRules.anAgencyIsRegisteredOnce.sentence, () => given(…).when(…).refused(…))`.',
    offences: (tree) => {
      const quotes = quotesOf(tree);
      return tree.files
        .filter(({ path }) => path.endsWith('.rules.ts'))
        .flatMap(rulesIn)
        .filter((rule) => quotes(rule).length === 0)
        .map(({ path, line, name }) => ({ path, line, what: `(${name}) is quoted by no spec` }));
    },
  },
];
