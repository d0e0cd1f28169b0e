import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ShredKeyWhenErasureApproved } from '../../shred-key-when-erasure-approved.process.js';
import { dataSubject } from '../data-subject.state.js';
import { personIn } from '../person.js';
import { ApproveErasure, approveErasure } from './approve-erasure.js';

export const ApproveErasureHandler = handles(ApproveErasure, dataSubject, approveErasure);

export class ApproveErasureBody {
  @TextField('Disposal authority, decision or law that allows it', {
    maxLength: 500,
    example: 'Disposal authority 2026/3',
  })
  authority: string;
}

@Controller('v1/agencies/:agency/data-subjects/:person/erasure/approval')
export class ApproveErasureEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly shredding: ShredKeyWhenErasureApproved,
  ) {}

  /** Answers when the key is shredded and that is recorded. */
  @Post()
  @Roles('oversight', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('person') given: string,
    @Body() { authority }: ApproveErasureBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const person = personIn(given);
    const command = new ApproveErasure(agency, person, { authority }, { ...metadata, legalBasis: authority });
    const approval = await this.commands.execute(command);
    const recorded = await this.shredding.complete({ agency, person }, metadata);
    const all =
      recorded === undefined ? approval : { ...recorded, eventIds: [...approval.eventIds, ...recorded.eventIds] };
    return accepted(all, `/v1/agencies/${agency}/data-subjects/${person}`, false);
  }
}
