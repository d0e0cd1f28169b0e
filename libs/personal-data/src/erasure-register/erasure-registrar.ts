import { handles } from '@app/event-store';
import { Commands } from '@app/http';
import { ledgerNamespace, uuidV5, type CommandMetadata } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { ConcludeErasure, concludeErasure } from './conclude-erasure/conclude-erasure.js';
import { erasureRegister, wholeInstallation, type DataSubject } from './erasure-register.state.js';
import { ListErasure, listErasure } from './list-erasure/list-erasure.js';

export const ListErasureHandler = handles(ListErasure, erasureRegister, listErasure);
export const ConcludeErasureHandler = handles(ConcludeErasure, erasureRegister, concludeErasure);

/** Lists an erasure before it is asked for, so that every start of the service finds it; one that is listed stays. */
@Injectable()
export class ErasureRegistrar {
  constructor(private readonly commands: Commands) {}

  async list(subject: DataSubject, metadata: CommandMetadata): Promise<void> {
    const { tenant, id } = wholeInstallation;
    await this.commands.execute(new ListErasure(tenant, id, subject, following(metadata, 'lists')));
  }

  async conclude(subject: DataSubject, metadata: CommandMetadata): Promise<void> {
    const { tenant, id } = wholeInstallation;
    await this.commands.execute(new ConcludeErasure(tenant, id, subject, following(metadata, 'concludes')));
  }
}

/** Metadata of a command that the given one brings about on another stream. */
const following = (metadata: CommandMetadata, does: string): CommandMetadata => ({
  ...metadata,
  commandId: uuidV5(ledgerNamespace, `${metadata.commandId} ${does} an erasure`),
  causationId: metadata.commandId,
  expectedRevision: undefined,
});
