import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CommandMetadata } from '@app/kernel';
import type { LedgerRequest } from './ledger-request.js';
import type { Role } from './roles.js';

/** Somebody who showed a valid token and holds a grant that opens this door. */
export interface Principal {
  /** Digest of (issuer, subject): no personal data. */
  readonly person: string;
  readonly role: Role;
  /** Agency of the grant; `*` for all. */
  readonly tenant: string;
}

export interface CommandContext {
  readonly metadata: CommandMetadata;
  readonly principal: Principal;
}

/** Metadata of the command and the principal; only on doors with `@Roles`. */
export const RequestContext = createParamDecorator((_data: unknown, context: ExecutionContext): CommandContext => {
  const request = context.switchToHttp().getRequest<LedgerRequest>();
  if (request.commandContext === undefined) throw new Error('RequestContext needs a door with @Roles');
  return request.commandContext;
});
