import { dataSubjectEvents } from './data-subject/data-subject.events.js';
import { dataSubject } from './data-subject/data-subject.state.js';
import { erasureRegisterEvents } from './erasure-register/erasure-register.events.js';
import { erasureRegister } from './erasure-register/erasure-register.state.js';

export { dataSubject, type DataSubjectState } from './data-subject/data-subject.state.js';
export { Receipts, type Receipt } from './sealing/receipts.js';
export { PersonalData, SealBroken, sealed, type Opened, type Place, type Sealed } from './sealing/sealed.js';

/** Every event of the context. */
export const personalDataEvents = { ...dataSubjectEvents, ...erasureRegisterEvents };

/** Every kind of stream of the context, for those who replay it. */
export const personalDataAggregates = [dataSubject, erasureRegister] as const;
