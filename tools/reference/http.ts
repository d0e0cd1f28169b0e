import { doorsOf, type Door, type Field } from './doors.js';
import { code, linkTo, page, table, type Page } from './page.js';
import { byContext, load } from './sources.js';

/** Every door of every context: who may enter and what it reads. */
export async function httpPage(): Promise<Page> {
  const files = await load((path) => path.endsWith('.endpoint.ts'));
  return page(
    'http.md',
    'HTTP',
    'Every address of the contexts. `/v1/openapi.json` describes bodies and answers of a running service, `/docs` tries them out.\nA field in brackets may be left out.',
    byContext(files).map(([context, ofContext]) => {
      const doors = ofContext.flatMap(doorsOf).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
      const rows = doors.map(({ address, who, query, body, path }) => [
        linkTo(path, code(address)),
        who,
        [list('', body), list('?', query)].filter((text) => text !== '').join('; '),
      ]);
      return `## ${context}\n\n${table(['address', 'who', 'reads'], rows)}`;
    }),
  );
}

/** By resource first, then by method. */
const keyOf = ({ address }: Door): string => address.split(' ').reverse().join(' ');

const list = (sign: string, fields: readonly Field[]): string =>
  fields.map(({ name, isNeeded }) => code(isNeeded ? `${sign}${name}` : `[${sign}${name}]`)).join(' ');
