import { StreamDecider } from '@app/event-store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { dataSubject } from '../data-subject/data-subject.state.js';
import { keyOfPerson } from '../keys/key-names.js';
import { KeyRing } from '../keys/key-ring.js';
import { erasureRegister, wholeInstallation, type ListedErasure } from './erasure-register.state.js';

/**
 * Before a process opens its doors: what was approved for erasure is erased, also in a key store that was restored from
 * a copy in which the keys still stood.
 */
@Injectable()
export class ReplayErasures implements OnApplicationBootstrap {
  constructor(
    private readonly decider: StreamDecider,
    private readonly keys: KeyRing,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { state } = await this.decider.load(erasureRegister, wholeInstallation.tenant, wholeInstallation.id);
    for (const listed of state.values()) {
      const name = keyOfPerson(listed.agency, listed.person);
      if ((await this.keys.find(name))?.status === 'shredded') continue;
      if (await this.#isApproved(listed)) await this.keys.shred(name);
    }
  }

  async #isApproved({ agency, person, isConcluded }: ListedErasure): Promise<boolean> {
    return isConcluded || 'approval' in (await this.decider.load(dataSubject, agency, person)).state;
  }
}
