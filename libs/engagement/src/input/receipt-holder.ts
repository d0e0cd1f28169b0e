import { StreamDecider } from '@app/event-store';
import { Problem, problems } from '@app/http';
import { ledgerNamespace, uuidV5 } from '@app/kernel';
import { Receipts } from '@app/personal-data/events';
import { Injectable } from '@nestjs/common';
import { input, inputStreamId, type StandingInput, type WithdrawnInput } from './input.state.js';

/** An input that came with a receipt is found by it alone: its id is made of the receipt's digest. */
export const inputIdOf = (receiptDigest: string): string => uuidV5(ledgerNamespace, `receipt ${receiptDigest}`);

export interface HeldInput {
  readonly tenant: string;
  readonly person: string;
  readonly input: StandingInput | WithdrawnInput;
}

/** Finds the input that somebody holds the receipt of. */
@Injectable()
export class ReceiptHolder {
  constructor(
    private readonly receipts: Receipts,
    private readonly decider: StreamDecider,
  ) {}

  /** @throws Problem notFound, whatever is wrong with the code: it must not show what is. */
  async find(tenant: string, consultationId: string, code: string): Promise<HeldInput> {
    const found = await this.receipts.find(code, async (digest): Promise<HeldInput | undefined> => {
      const id = inputStreamId(consultationId, inputIdOf(digest));
      const { state } = await this.decider.load(input, tenant, id);
      if (state.status === 'none' || state.receiptDigest !== digest) return undefined;
      return { tenant, person: state.person, input: state };
    });
    if (found === undefined) throw new Problem(problems.notFound);
    return found;
  }
}
