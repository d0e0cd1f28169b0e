import { Command, type Decide } from '@app/kernel';
import type { ErasureRegisterEvent } from '../erasure-register.events.js';
import { keyOf, type DataSubject, type ErasureRegister } from '../erasure-register.state.js';

export class ListErasure extends Command<DataSubject> {}

export const listErasure: Decide<ListErasure, ErasureRegister, ErasureRegisterEvent> = ({ data }, state) =>
  state.has(keyOf(data)) ? [] : [{ type: 'ErasureListed', data: { agency: data.agency, person: data.person } }];
