import { Grants } from '@app/http';
import { Global, Module } from '@nestjs/common';
import { GrantRoleEndpoint, GrantRoleHandler } from './grant-role/grant-role.endpoint.js';
import { IssueTokenEndpoint } from './issue-token/issue-token.endpoint.js';
import { RevokeRoleEndpoint, RevokeRoleHandler } from './revoke-role/revoke-role.endpoint.js';
import { StreamGrants } from './stream-grants.js';

/** Who holds which role: every process with doors needs it. */
@Global()
@Module({
  providers: [StreamGrants, { provide: Grants, useExisting: StreamGrants }],
  exports: [Grants, StreamGrants],
})
export class GrantsModule {}

/** The doors that change grants. */
@Module({
  controllers: [GrantRoleEndpoint, RevokeRoleEndpoint, IssueTokenEndpoint],
  providers: [GrantRoleHandler, RevokeRoleHandler],
})
export class GrantCommandsModule {}
