import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { statements } from '../statement.state.js';

export interface BallotAnswer {
  readonly agency: string;
  readonly consultation: string;
  /** Those that take votes, in the order in which they were proposed. */
  readonly statements: readonly { readonly statement: string; readonly text: string }[];
}

/** What people may vote on; how they did is not told here. */
@Controller('v1/agencies/:agency/consultations/:consultation/ballot')
export class ReadBallotEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<BallotAnswer>> {
    const { state, revision } = await this.decider.load(statements, agency, consultation, at);
    if (state.size === 0) throw new Problem(problems.notFound, 'No statement was put to such a consultation.');
    const standing = [...state].filter(([, { verdict }]) => verdict !== 'rejected');
    const shown = standing.map(([statement, { text }]) => ({ statement, text }));
    return revised({ agency, consultation, statements: shown }, revision);
  }
}
