import { randomUUID } from 'node:crypto';
import { Clock } from '@app/kernel';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isSlug } from '../doors/fields.js';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { type Role, citizensKey, publicKey, rolesKey, rolesOfAllAgencies } from '../doors/roles.js';
import { Problem, problemAt, problems } from '../problems/problem.js';
import { commandIdOf, idempotencyKeyOf, payloadHash } from '../requests/idempotency-key.js';
import { expectedRevisionOf } from '../requests/preconditions.js';
import { isStream } from '../requests/request-guard.js';
import { correlationIdOf } from '../requests/trace.js';
import { CallerQuota, callerAddress } from './caller-quota.js';
import { Grants, type HeldGrant } from './grants.js';
import { Tokens } from './tokens.js';

const everyAgency = '*';

/** Denies by default: a door opens to `@Public` or to a person whose grant has one of its `@Roles`. */
@Injectable()
export class LedgerGuard implements CanActivate {
  readonly #quota = new CallerQuota();

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
    private readonly grants: Grants,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const request = context.switchToHttp().getRequest<LedgerRequest>();
    const agency = agencyOf(request);
    const perMinute = this.reflector.getAllAndOverride<number | undefined>(citizensKey, targets);
    if (perMinute !== undefined) {
      const door = `${context.getClass().name}.${context.getHandler().name}`;
      return this.#admitCitizen(request, agency, door, perMinute);
    }
    if (this.reflector.getAllAndOverride<boolean>(publicKey, targets) === true) return true;
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | undefined>(rolesKey, targets);
    const person = await this.tokens.person(request.headers.authorization);
    if (allowed === undefined) throw new Problem(problems.forbidden, 'This door is open to nobody.');
    const actor = await this.#actor(person, agency, allowed);
    const expectedRevision = expectedRevisionOf(request.headers);
    request.commandContext = {
      principal: { person, role: actor.role, tenant: actor.tenant, hasAccount: true },
      metadata: {
        commandId: commandIdFor(request, person, actor.tenant),
        correlationId: correlationIdOf(request.traceId),
        actor,
        traceparent: request.traceparent,
        occurredAt: this.clock.now().toISOString(),
        ...(expectedRevision === undefined ? {} : { expectedRevision }),
      },
    };
    return true;
  }

  async #admitCitizen(
    request: LedgerRequest,
    agency: string | undefined,
    door: string,
    perMinute: number,
  ): Promise<boolean> {
    const { authorization } = request.headers;
    const known = authorization === undefined ? undefined : await this.tokens.person(authorization);
    const now = this.clock.now();
    if (!this.#quota.take(`${door} ${known ?? callerAddress(request)}`, perMinute, now))
      throw new Problem(problems.quotaExceeded, `It is open ${perMinute} times a minute.`, [], { 'Retry-After': '60' });
    const expectedRevision = expectedRevisionOf(request.headers);
    const person = known ?? `c-${randomUUID()}`;
    const tenant = agency ?? everyAgency;
    request.commandContext = {
      principal: { person, role: 'citizen', tenant, hasAccount: known !== undefined },
      metadata: {
        commandId: randomUUID(),
        correlationId: correlationIdOf(request.traceId),
        actor: { person, role: 'citizen', tenant, grant: 'none', grantRevision: '-1' },
        traceparent: request.traceparent,
        occurredAt: now.toISOString(),
        ...(expectedRevision === undefined ? {} : { expectedRevision }),
      },
    };
    return true;
  }

  async #actor(person: string, agency: string | undefined, allowed: readonly Role[]) {
    if (agency !== undefined) {
      const own = await this.grants.held(agency, person);
      const role = own.roles.find((held) => allowed.includes(held));
      if (role !== undefined) return actorOf(person, role, agency, own);
    }
    const wide = await this.grants.held(everyAgency, person);
    const role = wide.roles.find((held) => allowed.includes(held) && rolesOfAllAgencies.includes(held));
    if (role !== undefined) return actorOf(person, role, everyAgency, wide);
    throw new Problem(
      problems.forbidden,
      `It is open to ${allowed.join(', ')}${agency === undefined ? ' of all agencies' : ` of ${agency}`}.`,
    );
  }
}

const actorOf = (person: string, role: Role, tenant: string, { grant, revision }: HeldGrant) => ({
  person,
  role,
  tenant,
  grant,
  grantRevision: revision.toString(),
});

/** The agency in the path; in the query for reads across records. It becomes part of stream names, so it is checked here. */
function agencyOf({ params, query }: LedgerRequest): string | undefined {
  const inPath = (params as Record<string, unknown> | null)?.['agency'];
  const named = inPath ?? (query as Record<string, unknown> | null)?.['agency'];
  if (named === undefined) return undefined;
  if (typeof named !== 'string' || !isSlug(named)) {
    if (inPath !== undefined) throw new Problem(problems.notFound);
    throw problemAt(problems.invalidFields, '?agency', 'It is the short name of one agency.');
  }
  return named;
}

function commandIdFor(request: LedgerRequest, person: string, tenant: string): string {
  const key = idempotencyKeyOf(request.headers['idempotency-key']);
  if (key === undefined) return randomUUID();
  request.keyScope = { tenant, person, route: `${request.method} ${request.url.split('?')[0]}`, key };
  // A streamed upload is not here yet; its lines are idempotent by their own ids.
  request.payloadHash = payloadHash(isStream(request.body) ? undefined : request.body);
  return commandIdOf(request.keyScope, request.payloadHash);
}
