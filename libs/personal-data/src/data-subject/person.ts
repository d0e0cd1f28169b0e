import { Problem, problems } from '@app/http';

/** A person in an address is an opaque id; anything else is nobody. */
export function personIn(text: string): string {
  if (!/^[A-Za-z0-9][\w.~-]{0,127}$/.test(text)) throw new Problem(problems.notFound);
  return text;
}
