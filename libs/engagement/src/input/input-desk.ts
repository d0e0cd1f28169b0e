import { StreamDecider } from '@app/event-store';
import { Commands } from '@app/http';
import {
  eventIdOf,
  ledgerNamespace,
  streamName,
  uuidV5,
  type Accepted,
  type Command,
  type CommandMetadata,
} from '@app/kernel';
import { PersonalData, type Place, type Sealed } from '@app/personal-data/events';
import { Injectable } from '@nestjs/common';
import type { Gathering } from './gathering.js';
import type { ReceivedInput } from './input.events.js';
import { input, inputStreamId, type InputState } from './input.state.js';
import { SubmitInput } from './submit-input/submit-input.js';

/** What somebody said, in clear: it lives until it is sealed, and nowhere else. */
export type SpokenInput = Omit<ReceivedInput, 'text' | 'contact'> & {
  readonly text: string;
  readonly contact?: string | undefined;
};

type SealedField = 'text' | 'contact';

/** One command receives an input, so that the id of its event is known before it is decided. */
const receiveCommandId = (tenant: string, streamId: string): string =>
  uuidV5(ledgerNamespace, `receive input ${tenant}/${streamId}`);

/** Where the sealed text of an input stands. */
export function placeOf(
  tenant: string,
  { consultationId, inputId, person }: Pick<ReceivedInput, 'consultationId' | 'inputId' | 'person'>,
  field: SealedField,
): Place {
  const id = inputStreamId(consultationId, inputId);
  const stream = streamName({ category: input.category, tenant, id });
  return { tenant, person, stream, eventId: eventIdOf(receiveCommandId(tenant, id), 0), field };
}

/** Takes inputs in: seals what people say, and sends what is left. */
@Injectable()
export class InputDesk {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
    private readonly personalData: PersonalData,
  ) {}

  /**
   * `gathering`: with whom the keys of new persons are kept.
   * @throws RuleViolation when it is refused, or stands with another content; then nothing was recorded.
   */
  async receive(
    tenant: string,
    spoken: SpokenInput,
    metadata: CommandMetadata,
    gathering?: Gathering,
  ): Promise<Accepted> {
    const id = inputStreamId(spoken.consultationId, spoken.inputId);
    const { state } = await this.decider.load(input, tenant, id);
    const commandId = receiveCommandId(tenant, id);
    if (state.status === 'none') await gathering?.join();
    const { text, contact, ...said } = spoken;
    const received: ReceivedInput =
      state.status === 'none'
        ? {
            ...said,
            text: await this.#seal(tenant, spoken, 'text', text),
            ...(contact === undefined ? {} : { contact: await this.#seal(tenant, spoken, 'contact', contact) }),
          }
        : { ...said, text: state.text };
    const { expectedRevision: _ofNothing, ...cause } = metadata;
    const send = (isSameText: boolean, sent: CommandMetadata): Promise<Accepted> => {
      const command: Command = new SubmitInput(tenant, id, { received, isSameText }, sent);
      return this.commands.execute(command);
    };
    if (state.status !== 'none') return send(await this.#isSame(tenant, state, spoken), { ...cause });
    const result = await send(false, { ...cause, commandId });
    if (result.repeated !== true) return result;
    // Somebody else sent an input of this id at the same time: it is held against what stands now.
    const { state: other } = await this.decider.load(input, tenant, id);
    return send(await this.#isSame(tenant, other, spoken), { ...cause });
  }

  #seal(tenant: string, spoken: SpokenInput, field: SealedField, text: string): Promise<Sealed> {
    return this.personalData.seal(placeOf(tenant, spoken, field), text);
  }

  /** What was erased cannot be compared any more: it is left as it is. */
  async #isSame(tenant: string, state: InputState, spoken: SpokenInput): Promise<boolean> {
    if (state.status === 'none') return false;
    const isSame = async (field: SealedField): Promise<boolean> => {
      const [stands, given] = [state[field], spoken[field]];
      if (stands === undefined || given === undefined) return stands === undefined && given === undefined;
      const opened = await this.personalData.open(placeOf(tenant, state, field), stands);
      return opened.status === 'erased' || opened.text === given;
    };
    return (await isSame('text')) && (await isSame('contact'));
  }
}
