import { Command, ensure, type Decide } from '@app/kernel';
import type { ErasureRegisterEvent } from '../erasure-register.events.js';
import { erasureRegisterRules } from '../erasure-register.rules.js';
import { keyOf, type DataSubject, type ErasureRegister } from '../erasure-register.state.js';

export class ConcludeErasure extends Command<DataSubject> {}

export const concludeErasure: Decide<ConcludeErasure, ErasureRegister, ErasureRegisterEvent> = ({ data }, state) => {
  const listed = state.get(keyOf(data));
  ensure(listed !== undefined, erasureRegisterRules.anErasureThatIsConcludedWasListed);
  return listed.isConcluded ? [] : [{ type: 'ErasureConcluded', data: { agency: data.agency, person: data.person } }];
};
