import { Module } from '@nestjs/common';
import { ReadAgreementEndpoint } from './agreement/read-agreement/read-agreement.endpoint.js';
import { ReadTermsEndpoint } from './agreement/read-terms/read-terms.endpoint.js';
import { AgreementsEndpoint } from './read-models/agreements/agreements.endpoint.js';

@Module({ controllers: [AgreementsEndpoint, ReadAgreementEndpoint, ReadTermsEndpoint] })
export class AgreementsQueriesModule {}
