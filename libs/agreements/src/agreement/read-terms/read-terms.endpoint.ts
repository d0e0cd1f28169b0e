import { StreamDecider } from '@app/event-store';
import { DateField, Problem, Public, problems, revised, type Revised } from '@app/http';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { agreement, termsInForce, type Active, type Party, type Terms } from '../agreement.state.js';

export class TermsQuery {
  @DateField('Day in the calendar of the agency', { example: '2011-07-15' })
  on: string;
}

/** What citizens see: the terms and their hash, without the persons behind a party or a draft. */
export interface TermsAnswer extends Omit<Terms, 'author' | 'parties' | 'removedObjectives'> {
  readonly agency: string;
  readonly agreement: string;
  readonly on: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly contentHash: string;
  readonly parties: readonly Omit<Party, 'representatives'>[];
}

@Controller('v1/agencies/:agency/agreements/:agreement/terms')
export class ReadTermsEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Query() { on }: TermsQuery,
  ): Promise<Revised<TermsAnswer>> {
    const { state, revision } = await this.decider.load(agreement, agency, id);
    const inForce = termsInForce(state, on);
    if (inForce === undefined) throw new Problem(problems.notFound, `No terms are in force on ${on}.`);
    return revised({ agency, agreement: id, on, ...publicTerms(inForce) }, revision);
  }
}

function publicTerms({ terms, version, effectiveFrom, contentHash }: Active) {
  const { title, kind, serviceIds, disputeWindowDays, parties, objectives, consequences, reviewSchedule } = terms;
  return {
    version,
    effectiveFrom,
    contentHash,
    title,
    kind,
    serviceIds,
    disputeWindowDays,
    objectives,
    consequences,
    ...(reviewSchedule === undefined ? {} : { reviewSchedule }),
    parties: parties.map(({ partyId, name, role }) => ({ partyId, name, role })),
  };
}
