import { ConfigMistakes } from './config.js';

export { readConfig, type LedgerConfig } from './config.js';

/** Runs `main`; a mistake in the configuration, or a folder in use, is told in plain words. */
export function run(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      error instanceof ConfigMistakes ? `The configuration has mistakes:\n${words}\n` : `It did not start: ${words}\n`,
    );
    process.exit(1);
  });
}
