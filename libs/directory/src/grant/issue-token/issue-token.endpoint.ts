import { randomUUID } from 'node:crypto';
import {
  Commands,
  EnumField,
  type LedgerRequest,
  Problem,
  Public,
  SlugField,
  TextField,
  Tokens,
  IntField,
  correlationIdOf,
  problems,
  rolesOfAllAgencies,
} from '@app/http';
import { Clock } from '@app/kernel';
import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { GrantRole } from '../grant-role/grant-role.js';
import { grantableRoles } from '../grant-role/grant-role.endpoint.js';
import { StreamGrants } from '../stream-grants.js';

export class IssueTokenBody {
  @EnumField('Role that the person needs', grantableRoles, { example: 'analyst' })
  role: string;
  @SlugField('Agency that the role is for; left out: all agencies', { optional: true, example: 'boston' })
  agency?: string;
  @TextField('Who it is; left out: the operator of this machine in that role', { optional: true, maxLength: 200 })
  subject?: string;
  @TextField('Content of keys/operator.key in the data folder, unless it is in the Authorization header', {
    optional: true,
    maxLength: 200,
  })
  secret?: string;
  @IntField('Seconds that the token lives', { optional: true, min: 1, max: 12 * 3600, example: 600 })
  lifetime?: number;
}

interface IssuedToken {
  readonly token: string;
  readonly person: string;
  readonly expiresAt: string;
}

const loopback = /^(127\.|::1$|::ffff:127\.)/;
const basis = 'local issuer bootstrap';

/** The local issuer: whoever can read the data folder on this machine makes the first grants. */
@Controller('v1/tokens')
export class IssueTokenEndpoint {
  constructor(
    private readonly tokens: Tokens,
    private readonly commands: Commands,
    private readonly grants: StreamGrants,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async post(@Body() body: IssueTokenBody, @Req() request: LedgerRequest): Promise<IssuedToken> {
    if (!this.tokens.isLocal) throw new Problem(problems.notFound, 'Tokens come from the configured issuer.');
    if (!loopback.test(request.socket.remoteAddress ?? '')) throw new Problem(problems.loopbackOnly);
    const { role, agency, secret = secretIn(request), lifetime = 600 } = body;
    if (!this.tokens.isOperatorSecret(secret)) throw new Problem(problems.wrongOperatorSecret);
    const tenant = agency ?? '*';
    if (tenant === '*' && !(rolesOfAllAgencies as readonly string[]).includes(role)) {
      throw new Problem(problems.invalidFields, `The role ${role} needs an agency.`, [
        { pointer: '/agency', detail: `The role ${role} needs an agency.`, rule: problems.invalidFields.id },
      ]);
    }
    const { subject = `local:${role}:${tenant}` } = body;
    const person = this.tokens.localPerson(subject);
    await this.#grant(tenant, person, role, request.traceId);
    return { person, ...(await this.tokens.issue(subject, lifetime)) };
  }

  async #grant(tenant: string, person: string, role: string, traceId: string): Promise<void> {
    await this.commands.execute(
      new GrantRole(
        tenant,
        person,
        { role, basis },
        {
          commandId: randomUUID(),
          correlationId: correlationIdOf(traceId),
          actor: { person: 'system', role: 'system', tenant: '*', grant: 'system', grantRevision: '0' },
          occurredAt: this.clock.now().toISOString(),
          legalBasis: basis,
        },
      ),
    );
    this.grants.forget(tenant, person);
  }
}

const secretIn = ({ headers }: LedgerRequest): string =>
  /^(?:Bearer|Operator) (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
