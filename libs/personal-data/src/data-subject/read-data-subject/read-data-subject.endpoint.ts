import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import {
  dataSubject,
  type DataSubjectState,
  type ErasureApproval,
  type ErasureRequest,
} from '../data-subject.state.js';
import { personIn } from '../person.js';

export interface DataSubjectAnswer {
  readonly id: string;
  readonly revision: string;
  readonly status: DataSubjectState['status'];
  readonly request?: ErasureRequest;
  readonly approval?: ErasureApproval;
  /** Legal holds that stand. */
  readonly holds: readonly { readonly id: string; readonly reason: string }[];
}

@Controller('v1/agencies/:agency/data-subjects/:person')
export class ReadDataSubjectEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Roles('service-owner', 'oversight', 'administrator')
  async get(
    @Param('agency') agency: string,
    @Param('person') person: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<DataSubjectAnswer>> {
    const { state, revision } = await this.decider.load(dataSubject, agency, personIn(person), at);
    if (revision < 0n) throw new Problem(problems.notFound);
    return revised(
      {
        id: person,
        revision: revision.toString(),
        status: state.status,
        ...('request' in state ? { request: state.request } : {}),
        ...('approval' in state ? { approval: state.approval } : {}),
        holds: [...state.holds].map(([id, reason]) => ({ id, reason })),
      },
      revision,
    );
  }
}
