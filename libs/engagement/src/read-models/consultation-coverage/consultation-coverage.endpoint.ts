import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, Roles, problems, sendRows, type PointInLog, type SentRows, isPast } from '@app/http';
import { Clock, onWallClock } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { consultation, type KnownConsultation } from '../../consultation/consultation.state.js';
import { timeZoneOf } from '../../consultation/facts.js';
import { consultationCoverage } from './consultation-coverage.js';
import {
  coverageAt,
  forThePublic,
  rowsOf,
  summaryOf,
  type CoverageRow,
  type CoverageSummary,
  type Respondents,
} from './coverage-rows.js';
import { respondents } from './respondents.js';

const answer = { description: 'A row per required group, as JSON, CSV or NDJSON' };

/** Beside the rows. */
interface CoverageNotes extends CoverageSummary {
  readonly agency: string;
  readonly consultation: string;
  readonly revision: string;
}

interface Asked {
  readonly agency: string;
  readonly id: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Whom a consultation reached, group by group and channel by channel, and who is missing. */
@Controller('v1/agencies/:agency/consultations/:consultation')
export class ConsultationCoverageEndpoint {
  /** By agency, which keeps the zone that it is registered with. */
  private readonly timeZones = new Map<string, string>();

  constructor(
    private readonly readModels: ReadModels,
    private readonly decider: StreamDecider,
    private readonly clock: Clock,
  ) {}

  /** For everybody: small numbers of people are left out, others rounded. */
  @Get('coverage')
  @Public()
  @ApiOkResponse(answer)
  get(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<CoverageRow, CoverageNotes>> {
    return this.answer({ agency, id, request, reply }, at, forThePublic);
  }

  /** Exact counts. */
  @Get('coverage/counts')
  @Roles('service-owner', 'team-member', 'head-of-department', 'executive', 'oversight', 'analyst')
  @ApiOkResponse(answer)
  counts(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<CoverageRow, CoverageNotes>> {
    return this.answer({ agency, id, request, reply }, at, (people) => people);
  }

  /** As of a moment of the past there are no counts of people: they come from many streams. */
  private async answer(
    asked: Asked,
    at: PointInLog,
    shown: (people: Respondents) => Respondents,
  ): Promise<SentRows<CoverageRow, CoverageNotes>> {
    const { agency, id } = asked;
    if (!isPast(at)) {
      const [found, people] = await Promise.all([this.find(agency, id), this.people(agency, id)]);
      return this.send(asked, found.state, found.revision, shown(withZeros(found.state, people)));
    }
    const { state, revision } = await this.decider.load(consultation, agency, id, at);
    if (state.status === 'unplanned') throw new Problem(problems.notFound);
    return this.send(asked, state, revision.toString(), undefined, at.recordedAt);
  }

  private async find(agency: string, id: string): Promise<{ state: KnownConsultation; revision: string }> {
    const found = await this.readModels.collection(consultationCoverage).findOne({ _id: `${agency}/${id}` });
    if (found === undefined || found.state.status === 'unplanned') throw new Problem(problems.notFound);
    return { state: found.state, revision: found.revision };
  }

  private async people(agency: string, id: string): Promise<Respondents> {
    const people = new Map<string, number>();
    const parts = this.readModels.collection(respondents).find({ agency, consultation: id });
    for await (const part of parts.project<{ group: string; people: number }>({ group: 1, people: 1 }))
      people.set(part.group, (people.get(part.group) ?? 0) + part.people);
    return people;
  }

  private async timeZone(agency: string): Promise<string> {
    const kept = this.timeZones.get(agency);
    if (kept !== undefined) return kept;
    const found = await timeZoneOf(this.decider.facts, agency);
    if (found !== undefined) this.timeZones.set(agency, found);
    return found ?? 'UTC';
  }

  private async send(
    { agency, id, request, reply }: Asked,
    state: KnownConsultation,
    revision: string,
    people: Respondents | undefined,
    at = this.clock.now(),
  ): Promise<SentRows<CoverageRow, CoverageNotes>> {
    const coverage = coverageAt(state, onWallClock(at.toISOString(), await this.timeZone(agency)));
    return sendRows(reply, request, {
      columns,
      rows: rowsOf(state, coverage, people),
      also: { agency, consultation: id, revision, ...summaryOf(state, coverage) },
    });
  }
}

/** Nobody of a group is a count too. */
const withZeros = ({ requiredGroups }: KnownConsultation, people: Respondents): Respondents =>
  new Map(requiredGroups.map(({ groupId }) => [groupId, people.get(groupId) ?? 0]));

const channelsText = ({ channels }: CoverageRow): string =>
  channels
    .map(({ channel, reached, open }) => `${channel} ${reached}${open ? '' : ' (not open long enough or to all)'}`)
    .join('; ');

const columns = [
  { name: 'group', of: (row: CoverageRow) => row.group },
  { name: 'name', of: (row: CoverageRow) => row.name, freeText: true },
  { name: 'population', of: (row: CoverageRow) => row.population },
  { name: 'populationAsOf', of: (row: CoverageRow) => row.populationAsOf },
  { name: 'populationSource', of: (row: CoverageRow) => row.populationSource, freeText: true },
  { name: 'threshold', of: (row: CoverageRow) => row.threshold },
  { name: 'reached', of: (row: CoverageRow) => row.reached },
  { name: 'coverage', of: (row: CoverageRow) => row.coverage },
  { name: 'standing', of: (row: CoverageRow) => row.standing },
  { name: 'channels', of: channelsText },
  { name: 'unreachable', of: (row: CoverageRow) => row.unreachable, freeText: true },
  { name: 'waiver', of: (row: CoverageRow) => row.waiver, freeText: true },
  { name: 'respondents', of: (row: CoverageRow) => row.respondents },
  { name: 'responseRate', of: (row: CoverageRow) => row.responseRate },
  { name: 'representation', of: (row: CoverageRow) => row.representation },
  { name: 'underrepresented', of: (row: CoverageRow) => row.underrepresented },
];
