import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, seen from the sources, from what is compiled and from what is bundled alike. */
export function projectFolder(from: string): string {
  const here = dirname(from);
  return existsSync(join(from, 'package.json')) || here === from ? from : projectFolder(here);
}
