import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { consultation, type KnownConsultation } from '../consultation.state.js';

export interface ConsultationAnswer {
  readonly agency: string;
  readonly consultation: string;
  readonly revision: string;
  readonly state: KnownConsultation;
}

/** Everything that was decided of a consultation. What people said stands elsewhere. */
@Controller('v1/agencies/:agency/consultations/:consultation')
export class ReadConsultationEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Roles(
    'service-owner',
    'team-member',
    'head-of-department',
    'executive',
    'verifier',
    'oversight',
    'analyst',
    'administrator',
  )
  async get(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<ConsultationAnswer>> {
    const { state, revision } = await this.decider.load(consultation, agency, id, at);
    if (state.status === 'unplanned') throw new Problem(problems.notFound);
    return revised({ agency, consultation: id, revision: revision.toString(), state }, revision);
  }
}
