import { Problem, problems } from '@app/http';

/** A person in an address is the digest that tokens give; anything else is nobody. */
export function personIn(text: string): string {
  if (!/^p-[0-9a-f]{40}$/.test(text))
    throw new Problem(problems.notFound, 'A person is named by the digest of a token.');
  return text;
}
