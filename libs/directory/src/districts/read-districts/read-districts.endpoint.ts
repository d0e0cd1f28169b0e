import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { districts, type District } from '../districts.state.js';

export interface DistrictAnswer {
  readonly id: string;
  readonly name: string;
  readonly alsoKnownAs: readonly string[];
  /** Why it was retired; null while it stands. */
  readonly retired: string | null;
}

export interface DistrictsAnswer {
  readonly agency: string;
  /** Of all districts of the agency together: also the ETag of each command on one of them. */
  readonly revision: string;
  readonly districts: readonly DistrictAnswer[];
}

@Controller('v1/agencies/:agency/districts')
export class ReadDistrictsEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(@Param('agency') agency: string, @AsOf() at: PointInLog): Promise<Revised<DistrictsAnswer>> {
    const { state, revision } = await this.decider.load(districts, agency, agency, at);
    if (revision < 0n) throw new Problem(problems.notFound);
    const all = [...state.districts].map(answerOf);
    return revised({ agency, revision: revision.toString(), districts: all }, revision);
  }

  @Get(':district')
  @Public()
  async getOne(
    @Param('agency') agency: string,
    @Param('district') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<DistrictAnswer>> {
    const { state, revision } = await this.decider.load(districts, agency, agency, at);
    const district = state.districts.get(id);
    if (district === undefined) throw new Problem(problems.notFound);
    return revised(answerOf([id, district]), revision);
  }
}

const answerOf = ([id, { name, alsoKnownAs, retired }]: readonly [string, District]): DistrictAnswer => ({
  id,
  name,
  alsoKnownAs,
  retired: retired ?? null,
});
