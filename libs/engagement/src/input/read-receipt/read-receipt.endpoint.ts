import { StreamDecider } from '@app/event-store';
import { OpenToCitizens } from '@app/http';
import { PersonalData, type Opened } from '@app/personal-data/events';
import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { consultation } from '../../consultation/consultation.state.js';
import { followed, repliesOf, traceOf, type FollowedAnswer, type Trace } from '../../consultation/trace.js';
import { placeOf } from '../input-desk.js';
import type { Moderation } from '../input.events.js';
import { ReceiptBody } from '../receipt-body.js';
import { ReceiptHolder } from '../receipt-holder.js';

export type ReceiptAnswer = Omit<Trace, 'answers'> & {
  readonly input: string;
  readonly status: 'received' | 'withdrawn';
  readonly receivedAt: string;
  /** What was said; absent once it was withdrawn. */
  readonly text?: Opened;
  /** Absent until somebody has looked at it. */
  readonly moderation?: Moderation;
  readonly consultation: { readonly title: string; readonly status: string };
  readonly answers: readonly FollowedAnswer[];
};

/**
 * A citizen follows their own input, without an account: what was done with it, and what came of it. It is a POST because
 * a receipt has no place in an address.
 */
@Controller('v1/agencies/:agency/consultations/:consultation/receipts')
export class ReadReceiptEndpoint {
  constructor(
    private readonly holder: ReceiptHolder,
    private readonly decider: StreamDecider,
    private readonly personalData: PersonalData,
  ) {}

  @Post()
  @HttpCode(200)
  @OpenToCitizens({ perMinute: 10 })
  @Header('cache-control', 'no-store')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultationId: string,
    @Body() { receipt }: ReceiptBody,
  ): Promise<ReceiptAnswer> {
    const { input } = await this.holder.find(agency, consultationId, receipt);
    const { facts } = this.decider;
    const { state } = await facts.load(consultation, agency, consultationId);
    const { answers, ...trace } = traceOf(input, repliesOf(state));
    return {
      input: input.inputId,
      status: input.status,
      receivedAt: input.receivedAt,
      ...(input.status === 'withdrawn'
        ? {}
        : { text: await this.personalData.open(placeOf(agency, input, 'text'), input.text) }),
      ...(input.moderation === undefined ? {} : { moderation: input.moderation.moderation }),
      consultation: { title: state.status === 'unplanned' ? consultationId : state.title, status: state.status },
      ...trace,
      answers: await followed(facts, agency, answers),
    };
  }
}
