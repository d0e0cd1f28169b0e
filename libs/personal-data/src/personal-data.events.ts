export { PersonalData, SealBroken, sealed, type Opened, type Place, type Sealed } from './sealing/sealed.js';
export { Receipts, type Receipt } from './sealing/receipts.js';
