import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { agreement, type AgreementState } from '../agreement.state.js';

export interface AgreementAnswer {
  readonly agency: string;
  readonly agreement: string;
  readonly revision: string;
  readonly state: AgreementState;
}

@Controller('v1/agencies/:agency/agreements/:agreement')
export class ReadAgreementEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Roles(
    'service-owner',
    'head-of-department',
    'executive',
    'party-representative',
    'verifier',
    'oversight',
    'analyst',
    'administrator',
  )
  async get(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<AgreementAnswer>> {
    const { state, revision } = await this.decider.load(agreement, agency, id, at);
    if (state.status === 'undrafted') throw new Problem(problems.notFound);
    return revised({ agency, agreement: id, revision: revision.toString(), state }, revision);
  }
}
