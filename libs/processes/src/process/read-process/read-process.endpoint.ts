import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { processInstance, type ProcessState } from '../process.state.js';

export interface ShownProcess {
  readonly process: string;
  readonly key: string;
  readonly state: ProcessState;
}

/** One instance: what it waits for, and what it has asked, sent and said so far. */
@Controller('v1/agencies/:agency/processes/:process/:key')
export class ReadProcessEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Roles('administrator', 'oversight', 'analyst')
  async get(
    @Param('agency') agency: string,
    @Param('process') process: string,
    @Param('key') key: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<ShownProcess>> {
    const { state, revision } = await this.decider.load(processInstance, agency, `${process}/${key}`, at);
    if (revision < 0n) throw new Problem(problems.notFound);
    return revised({ process, key, state }, revision);
  }
}
