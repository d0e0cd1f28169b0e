import { Module } from '@nestjs/common';
import {
  DefineIndicatorEndpoint,
  DefineIndicatorHandler,
} from './indicator/define-indicator/define-indicator.endpoint.js';
import {
  RecordReadingEndpoint,
  RecordReadingHandler,
} from './reading-ledger/record-reading/record-reading.endpoint.js';

@Module({
  controllers: [DefineIndicatorEndpoint, RecordReadingEndpoint],
  providers: [DefineIndicatorHandler, RecordReadingHandler],
})
export class IndicatorsCommandsModule {}
