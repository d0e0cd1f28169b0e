import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { LedgerRequest } from './ledger-request.js';
import type { CommandContext } from './principal.js';

/** Metadata of the command and the principal; only on doors with `@Roles` or `@OpenToCitizens`. */
export const RequestContext = createParamDecorator((_data: unknown, context: ExecutionContext): CommandContext => {
  const request = context.switchToHttp().getRequest<LedgerRequest>();
  if (request.commandContext === undefined) throw new Error('RequestContext needs a door with @Roles');
  return request.commandContext;
});
