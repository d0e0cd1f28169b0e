import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { departments, type Department } from '../departments.state.js';

export interface DepartmentAnswer {
  readonly id: string;
  readonly name: string;
  /** null at the top. */
  readonly parent: string | null;
  /** Why it was retired; null while it stands. */
  readonly retired: string | null;
}

export interface DepartmentsAnswer {
  readonly agency: string;
  /** Of all departments of the agency together: also the ETag of each command on one of them. */
  readonly revision: string;
  readonly departments: readonly DepartmentAnswer[];
}

@Controller('v1/agencies/:agency/departments')
export class ReadDepartmentsEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(@Param('agency') agency: string, @AsOf() at: PointInLog): Promise<Revised<DepartmentsAnswer>> {
    const { state, revision } = await this.decider.load(departments, agency, agency, at);
    if (revision < 0n) throw new Problem(problems.notFound);
    const all = [...state.departments].map(answerOf);
    return revised({ agency, revision: revision.toString(), departments: all }, revision);
  }

  @Get(':department')
  @Public()
  async getOne(
    @Param('agency') agency: string,
    @Param('department') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<DepartmentAnswer>> {
    const { state, revision } = await this.decider.load(departments, agency, agency, at);
    const department = state.departments.get(id);
    if (department === undefined) throw new Problem(problems.notFound);
    return revised(answerOf([id, department]), revision);
  }
}

const answerOf = ([id, { name, parent, retired }]: readonly [string, Department]): DepartmentAnswer => ({
  id,
  name,
  parent: parent ?? null,
  retired: retired ?? null,
});
