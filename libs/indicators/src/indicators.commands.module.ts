import { Module } from '@nestjs/common';
import { AssignOwnerEndpoint, AssignOwnerHandler } from './indicator/assign-owner/assign-owner.endpoint.js';
import {
  DefineIndicatorEndpoint,
  DefineIndicatorHandler,
} from './indicator/define-indicator/define-indicator.endpoint.js';
import {
  RetireIndicatorEndpoint,
  RetireIndicatorHandler,
} from './indicator/retire-indicator/retire-indicator.endpoint.js';
import {
  ReviseIndicatorEndpoint,
  ReviseIndicatorHandler,
} from './indicator/revise-indicator/revise-indicator.endpoint.js';
import { LedgerRegistrar, OpenReadingPeriodHandler } from './ledger-register/ledger-registrar.js';
import { ClaimReadingIdsHandler, ReadingIdsClaimer } from './reading-ids/reading-ids-claimer.js';
import {
  CorrectReadingEndpoint,
  CorrectReadingHandler,
} from './reading-ledger/correct-reading/correct-reading.endpoint.js';
import { CutOffLedgerEndpoint, CutOffLedgerHandler } from './reading-ledger/cut-off-ledger/cut-off-ledger.endpoint.js';
import {
  DeclareNoDataEndpoint,
  DeclareNoDataHandler,
} from './reading-ledger/declare-no-data/declare-no-data.endpoint.js';
import { LedgerReadings } from './reading-ledger/ledger-readings.js';
import {
  RecordReadingEndpoint,
  RecordReadingHandler,
} from './reading-ledger/record-reading/record-reading.endpoint.js';
import {
  VerifyReadingEndpoint,
  VerifyReadingHandler,
} from './reading-ledger/verify-reading/verify-reading.endpoint.js';
import { VoidReadingEndpoint, VoidReadingHandler } from './reading-ledger/void-reading/void-reading.endpoint.js';

@Module({
  controllers: [
    DefineIndicatorEndpoint,
    ReviseIndicatorEndpoint,
    AssignOwnerEndpoint,
    RetireIndicatorEndpoint,
    RecordReadingEndpoint,
    VerifyReadingEndpoint,
    CorrectReadingEndpoint,
    VoidReadingEndpoint,
    DeclareNoDataEndpoint,
    CutOffLedgerEndpoint,
  ],
  providers: [
    DefineIndicatorHandler,
    ReviseIndicatorHandler,
    AssignOwnerHandler,
    RetireIndicatorHandler,
    OpenReadingPeriodHandler,
    ClaimReadingIdsHandler,
    RecordReadingHandler,
    VerifyReadingHandler,
    CorrectReadingHandler,
    VoidReadingHandler,
    DeclareNoDataHandler,
    CutOffLedgerHandler,
    LedgerRegistrar,
    ReadingIdsClaimer,
    LedgerReadings,
  ],
})
export class IndicatorsCommandsModule {}
