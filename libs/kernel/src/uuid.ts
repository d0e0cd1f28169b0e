import { hash } from 'node:crypto';

const hexOf = (uuid: string): string => uuid.replaceAll('-', '');

/** UUID version 5 (RFC 9562): the same namespace and name give the same id. */
export function uuidV5(namespace: string, name: string): string {
  const input = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  input.write(hexOf(namespace), 'hex');
  input.write(name, 16);
  const hex = hash('sha1', input, 'hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Namespace of everything that Civic Ledger derives an id from. */
export const ledgerNamespace = '6f0c3a52-5a0f-5c7e-9d3b-7d1b6a0f2e11';

/** Id of the event at `index` among those that a command decides: known before the decision. */
export const eventIdOf = (commandId: string, index: number): string => uuidV5(commandId, String(index));
