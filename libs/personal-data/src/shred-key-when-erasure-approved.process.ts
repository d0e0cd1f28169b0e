import { StreamDecider, handles } from '@app/event-store';
import { Commands } from '@app/http';
import { Clock, ledgerNamespace, uuidV5, type Accepted, type CommandMetadata } from '@app/kernel';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { dataSubject } from './data-subject/data-subject.state.js';
import { RecordShredding, recordShredding } from './data-subject/record-shredding/record-shredding.js';
import { ErasureRegistrar } from './erasure-register/erasure-registrar.js';
import { erasureRegister, wholeInstallation, type DataSubject } from './erasure-register/erasure-register.state.js';
import { keyOfPerson } from './keys/key-names.js';
import { KeyRing } from './keys/key-ring.js';

export const RecordShreddingHandler = handles(RecordShredding, dataSubject, recordShredding);

/** Right after the approval; what a process that ended in between has left is done at the next start. */
@Injectable()
export class ShredKeyWhenErasureApproved implements OnApplicationBootstrap {
  constructor(
    private readonly decider: StreamDecider,
    private readonly commands: Commands,
    private readonly registrar: ErasureRegistrar,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { state } = await this.decider.load(erasureRegister, wholeInstallation.tenant, wholeInstallation.id);
    for (const { agency, person, isConcluded } of state.values())
      if (!isConcluded) await this.complete({ agency, person });
  }

  /** Shreds, proves and records; nothing happens where no erasure was approved. `cause` is the approval. */
  async complete(subject: DataSubject, cause?: CommandMetadata): Promise<Accepted | undefined> {
    const { agency, person } = subject;
    const { state } = await this.decider.load(dataSubject, agency, person);
    if (!('approval' in state)) return undefined;
    const name = keyOfPerson(agency, person);
    await this.keys.shred(name);
    const answer = (await this.keys.find(name))?.status;
    if (answer !== 'shredded') throw new Error(`The key store still has the key of a person of ${agency}.`);
    const metadata = this.#metadata(subject, cause);
    const recorded = await this.commands.execute(
      new RecordShredding(agency, person, { epoch: this.keys.epoch, answer }, metadata),
    );
    await this.registrar.conclude(subject, metadata);
    return recorded;
  }

  #metadata({ agency, person }: DataSubject, cause: CommandMetadata | undefined): CommandMetadata {
    const commandId = uuidV5(ledgerNamespace, `the key of ${person} of ${agency} is shredded`);
    return {
      commandId,
      correlationId: cause?.correlationId ?? commandId,
      ...(cause === undefined ? {} : { causationId: cause.commandId }),
      actor: { person: 'system', role: 'system', tenant: '*', grant: 'system', grantRevision: '0' },
      occurredAt: this.clock.now().toISOString(),
    };
  }
}
