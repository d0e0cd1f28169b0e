import { Module } from '@nestjs/common';
import { OperationsEndpoint } from './operations/operations.endpoint.js';

/** For the process that keeps the read models. */
@Module({ controllers: [OperationsEndpoint] })
export class OversightOperationsModule {}
