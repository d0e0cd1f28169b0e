import { ledgerNamespace, uuidV5, type CommandMetadata } from '@app/kernel';

/** Metadata of one line of an upload: the same line is the same command; its valid time is what the line says. */
export const lineMetadata = (
  { expectedRevision: _ofNothing, ...metadata }: CommandMetadata,
  id: string,
  line: readonly (string | undefined)[],
  validAt: string | undefined,
): CommandMetadata => ({
  ...metadata,
  commandId: uuidV5(ledgerNamespace, `${metadata.commandId} ${id} ${line.join('\n')}`),
  occurredAt: validAt ?? metadata.occurredAt,
});
