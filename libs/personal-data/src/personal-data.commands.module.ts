import { Module } from '@nestjs/common';
import {
  ApproveErasureEndpoint,
  ApproveErasureHandler,
} from './data-subject/approve-erasure/approve-erasure.endpoint.js';
import {
  DeclineErasureEndpoint,
  DeclineErasureHandler,
} from './data-subject/decline-erasure/decline-erasure.endpoint.js';
import {
  LiftLegalHoldEndpoint,
  LiftLegalHoldHandler,
} from './data-subject/lift-legal-hold/lift-legal-hold.endpoint.js';
import {
  PlaceLegalHoldEndpoint,
  PlaceLegalHoldHandler,
} from './data-subject/place-legal-hold/place-legal-hold.endpoint.js';
import {
  RequestErasureEndpoint,
  RequestErasureHandler,
} from './data-subject/request-erasure/request-erasure.endpoint.js';
import { ConcludeErasureHandler, ErasureRegistrar, ListErasureHandler } from './erasure-register/erasure-registrar.js';
import { KeysEndpoint } from './operations/keys.endpoint.js';
import { RecordShreddingHandler, ShredKeyWhenErasureApproved } from './shred-key-when-erasure-approved.process.js';

@Module({
  controllers: [
    RequestErasureEndpoint,
    ApproveErasureEndpoint,
    DeclineErasureEndpoint,
    PlaceLegalHoldEndpoint,
    LiftLegalHoldEndpoint,
    KeysEndpoint,
  ],
  providers: [
    RequestErasureHandler,
    ApproveErasureHandler,
    DeclineErasureHandler,
    PlaceLegalHoldHandler,
    LiftLegalHoldHandler,
    RecordShreddingHandler,
    ListErasureHandler,
    ConcludeErasureHandler,
    ErasureRegistrar,
    ShredKeyWhenErasureApproved,
  ],
})
export class PersonalDataCommandsModule {}
