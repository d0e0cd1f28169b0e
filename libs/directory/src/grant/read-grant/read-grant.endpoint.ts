import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { grant, type HeldRole } from '../grant.state.js';
import { personIn } from '../person.js';

export interface GrantAnswer {
  readonly person: string;
  /** `*`: all agencies. */
  readonly agency: string;
  readonly revision: string;
  readonly roles: readonly HeldRole[];
  /** Roles that were held and are not any more, and why. */
  readonly revoked: readonly { readonly role: string; readonly basis: string }[];
}

/** Which authority somebody has, or had when a decision was made: `?asOf=` takes the grant revision that every event names. */
@Controller('v1')
export class ReadGrantEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get('agencies/:agency/grants/:person')
  @Roles('oversight', 'administrator')
  async get(
    @Param('agency') agency: string,
    @Param('person') person: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<GrantAnswer>> {
    return this.#read(agency, person, at);
  }

  @Get('grants/:person')
  @Roles('oversight', 'administrator')
  async getForAll(@Param('person') person: string, @AsOf() at: PointInLog): Promise<Revised<GrantAnswer>> {
    return this.#read('*', person, at);
  }

  async #read(agency: string, person: string, at: PointInLog): Promise<Revised<GrantAnswer>> {
    const { state, revision } = await this.decider.load(grant, agency, personIn(person), at);
    if (revision < 0n) throw new Problem(problems.notFound);
    const revoked = [...state.revoked].map(([role, basis]) => ({ role, basis }));
    return revised({ person, agency, revision: revision.toString(), roles: state.held, revoked }, revision);
  }
}
