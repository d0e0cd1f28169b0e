import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { PersonalData, type Opened } from '@app/personal-data/events';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { consultation } from '../../consultation/consultation.state.js';
import { followed, repliesOf, traceOf, type FollowedAnswer, type Trace } from '../../consultation/trace.js';
import { placeOf } from '../input-desk.js';
import { input, inputStreamId, type StandingInput, type WithdrawnInput } from '../input.state.js';

export type InputAnswer = Omit<Trace, 'answers'> &
  Omit<StandingInput | WithdrawnInput, 'text' | 'contact' | 'receiptDigest' | 'themeIds'> & {
    readonly revision: string;
    /** Absent where it was withheld or withdrawn. */
    readonly text?: Opened;
    readonly contact?: Opened;
    readonly answers: readonly FollowedAnswer[];
  };

/** One input, for those who answer it, as it was known then; what came of it, as it is now. */
@Controller('v1/agencies/:agency/consultations/:consultation/inputs/:input')
export class ReadInputEndpoint {
  constructor(
    private readonly decider: StreamDecider,
    private readonly personalData: PersonalData,
  ) {}

  @Get()
  @Roles('service-owner', 'team-member', 'oversight')
  @Header('cache-control', 'no-store')
  async get(
    @Param('agency') agency: string,
    @Param('consultation') consultationId: string,
    @Param('input') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<InputAnswer>> {
    const { state, revision } = await this.decider.load(input, agency, inputStreamId(consultationId, id), at);
    if (state.status === 'none') throw new Problem(problems.notFound);
    const { revision: _ofInput, ...moment } = at;
    const { state: of } = await this.decider.load(consultation, agency, consultationId, moment);
    const { answers, ...trace } = traceOf(state, repliesOf(of));
    const { text, contact, receiptDigest: _secret, themeIds: _named, ...said } = state;
    const isReadable = state.status === 'received' && state.moderation?.moderation !== 'withheld';
    const open = (field: 'text' | 'contact', sealedText: typeof text): Promise<Opened> =>
      this.personalData.open(placeOf(agency, state, field), sealedText);
    return revised(
      {
        ...said,
        revision: revision.toString(),
        ...(isReadable ? { text: await open('text', text) } : {}),
        ...(isReadable && contact !== undefined ? { contact: await open('contact', contact) } : {}),
        ...trace,
        answers: await followed(this.decider.facts, agency, answers),
      },
      revision,
    );
  }
}
