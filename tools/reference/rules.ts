import { problems } from '@app/http';
import type { Rule } from '@app/kernel';
import { code, linkTo, page, table, type Page } from './page.js';
import { load } from './sources.js';

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && 'sentence' in value && 'status' in value && 'id' in value;

/** Every sentence by noun, with the HTTP status of its refusal. */
export async function rulesPage(): Promise<Page> {
  const files = await load((path) => path.endsWith('.rules.ts'));
  const nouns = files.flatMap(({ path, exported }) =>
    Object.values(exported).flatMap((rules) => {
      const written = Object.values(rules as object).filter(isRule);
      return written.length === 0 ? [] : [{ noun: written[0]!.id.split('/')[0]!, path, written }];
    }),
  );
  const rows = (written: readonly { id: string; sentence: string; status: number }[]) =>
    table(
      ['rule', 'status', 'id'],
      written.map(({ id, sentence, status }) => [sentence, String(status), code(id)]),
    );
  return page(
    'rules.md',
    'Rules',
    'Every rule is a sentence. A refusal quotes it as the title of the problem; `type` ends in its id. Find one by its words with\n`npm run where "<words>"`.',
    [
      ...nouns
        .sort((one, other) => (one.noun < other.noun ? -1 : 1))
        .map(({ noun, path, written }) => `## ${noun}\n\n${linkTo(path)}\n\n${rows(written)}`),
      `## http\n\nRefusals of the service itself: ${linkTo('libs/http/src/problems/problem.ts')}\n\n${rows(Object.values(problems))}`,
    ],
  );
}
