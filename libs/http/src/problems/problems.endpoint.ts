import { rulesById } from '@app/kernel';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../doors/roles.js';
import { problemType } from './problem-details.js';
import { Problem, type ProblemKind, problems } from './problem.js';

const builtIn: ReadonlyMap<string, ProblemKind> = new Map(Object.values(problems).map((kind) => [kind.id, kind]));

interface ProblemPage {
  readonly type: string;
  readonly rule: string;
  readonly title: string;
  readonly status: number;
}

const pageOf = ({ id, sentence, status }: ProblemKind): ProblemPage => ({
  type: problemType(id),
  rule: id,
  title: sentence,
  status,
});

/** Where the `type` of every problem leads: the rule in words. */
@ApiTags('rules')
@Controller('v1/problems')
export class ProblemsEndpoint {
  @Get()
  @Public()
  all(): { rows: ProblemPage[] } {
    return { rows: [...builtIn.values(), ...rulesById().values()].map(pageOf) };
  }

  @Get(':noun/:name')
  @Public()
  one(@Param('noun') noun: string, @Param('name') name: string): ProblemPage {
    const id = `${noun}/${name}`;
    const kind = builtIn.get(id) ?? rulesById().get(id);
    if (kind === undefined) throw new Problem(problems.notFound);
    return pageOf(kind);
  }
}
