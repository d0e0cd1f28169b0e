import { handles } from '@app/event-store';
import { Commands, OpenToCitizens, RequestContext, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import { Body, Controller, Header, Param, Post } from '@nestjs/common';
import { input, inputStreamId } from '../input.state.js';
import { ReceiptBody } from '../receipt-body.js';
import { ReceiptHolder } from '../receipt-holder.js';
import { WithdrawInput, withdrawInput } from './withdraw-input.js';

export const WithdrawInputHandler = handles(WithdrawInput, input, withdrawInput);

/** Whoever holds the receipt takes back what was said. Counts and what was decided stay. */
@Controller('v1/agencies/:agency/consultations/:consultation/withdrawals')
export class WithdrawInputEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly holder: ReceiptHolder,
  ) {}

  @Post()
  @OpenToCitizens({ perMinute: 10 })
  @Header('cache-control', 'no-store')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Body() { receipt }: ReceiptBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const { person, input: held } = await this.holder.find(agency, consultation, receipt);
    const id = inputStreamId(consultation, held.inputId);
    const command = new WithdrawInput(agency, id, {}, { ...metadata, actor: { ...metadata.actor, person } });
    const result = await this.commands.execute(command);
    return accepted(
      { ...result, id: held.inputId },
      `/v1/agencies/${agency}/consultations/${consultation}/inputs/${held.inputId}`,
      false,
    );
  }
}
