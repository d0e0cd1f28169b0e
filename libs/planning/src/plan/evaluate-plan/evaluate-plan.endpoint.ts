import { StreamDecider } from '@app/event-store';
import {
  Commands,
  EnumField,
  IntField,
  ListField,
  ObjectField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { indicator } from '@app/indicators/events';
import { periodOf, type Accepted } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { goalVerdicts, type Goal, type GoalVerdict } from '../plan.events.js';
import { plan } from '../plan.state.js';
import { RecordedFigures } from '../recorded-figures.js';
import { EvaluatePlan, evaluatePlan, type DueFigure } from './evaluate-plan.js';

@CommandHandler(EvaluatePlan)
export class EvaluatePlanHandler implements ICommandHandler<EvaluatePlan> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly figures: RecordedFigures,
  ) {}

  async execute(command: EvaluatePlan): Promise<Accepted> {
    const { state } = await this.decider.facts.load(plan, command.tenant, command.id);
    const figures = new Map<string, DueFigure>();
    for (const goal of state.status === 'cycle-closed' ? state.goals : []) {
      const figure = await this.dueFigure(command, goal);
      if (figure !== undefined) figures.set(goal.goalId, figure);
    }
    return this.decider.execute(plan, command, evaluatePlan, { figures });
  }

  private async dueFigure(
    { tenant: agency, metadata }: EvaluatePlan,
    { indicatorId, dueDate, equityFloor }: Goal,
  ): Promise<DueFigure | undefined> {
    if (indicatorId === undefined || dueDate === undefined) return undefined;
    const { state } = await this.decider.facts.load(indicator, agency, indicatorId);
    if (state.status === 'undefined') return undefined;
    const { reportingCycle, fiscalYearStart } = state.card;
    const period = periodOf(dueDate, reportingCycle, fiscalYearStart);
    const floor = equityFloor === undefined ? {} : { dimension: equityFloor.dimension };
    const asked = { agency, indicatorId, period, scope: {}, validAt: metadata.occurredAt, ...floor };
    const { value, readings = [], byValue = [] } = (await this.figures.find(asked)) ?? {};
    return { period, readings, byValue, ...(value === undefined ? {} : { value }) };
  }
}

export class ProcessScoresBody {
  @IntField('Approach: methods that fit and are repeated', { min: 0, max: 100, example: 60 })
  approach: number;
  @IntField('Deployment: how widely they are used', { min: 0, max: 100, example: 45 })
  deployment: number;
  @IntField('Learning: what evaluation has changed', { min: 0, max: 100, example: 30 })
  learning: number;
  @IntField('Integration: how they fit what the agency needs', { min: 0, max: 100, example: 40 })
  integration: number;
}

export class ResultScoresBody {
  @IntField('Levels of performance', { min: 0, max: 100, example: 55 })
  levels: number;
  @IntField('Trends over time', { min: 0, max: 100, example: 50 })
  trends: number;
  @IntField('Comparisons with others', { min: 0, max: 100, example: 20 })
  comparisons: number;
  @IntField('Integration: whether the results that matter are there', { min: 0, max: 100, example: 40 })
  integration: number;
}

export class JudgementBody {
  @SlugField('Goal whose target is told in words', { example: 'charter-adopted' })
  goalId: string;
  @EnumField('Verdict', goalVerdicts, { example: 'met' })
  verdict: GoalVerdict;
  @TextField('Why', { maxLength: 2000, example: 'The charter hangs in every office.' })
  reason: string;
}

export class EvaluatePlanBody {
  @ObjectField('How the agency works (ADLI of the Baldrige criteria)', () => ProcessScoresBody)
  process: ProcessScoresBody;
  @ObjectField('What came of it (LeTCI of the Baldrige criteria)', () => ResultScoresBody)
  results: ResultScoresBody;
  @ListField('What is done otherwise in the next cycle', 'text', {
    minItems: 1,
    maxItems: 50,
    example: ['Name the owner before the budget is asked for.'],
  })
  lessons: string[];
  @ListField('Goals whose target is told in words; all others are judged by their readings', () => JudgementBody, {
    optional: true,
    maxItems: 500,
  })
  judgements?: JudgementBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/evaluation')
export class EvaluatePlanEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('oversight', 'verifier')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() { process, results, judgements = [], lessons }: EvaluatePlanBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const judged = judgements.map((one) => ({ ...one }));
    const data = { process: { ...process }, results: { ...results }, lessons, judgements: judged };
    const command = new EvaluatePlan(agency, id, data, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}
