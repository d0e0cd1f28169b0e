import { Module } from '@nestjs/common';
import {
  ActivateAgreementEndpoint,
  ActivateAgreementHandler,
} from './agreement/activate-agreement/activate-agreement.endpoint.js';
import { AddObjectiveEndpoint, AddObjectiveHandler } from './agreement/add-objective/add-objective.endpoint.js';
import { AddPartyEndpoint, AddPartyHandler } from './agreement/add-party/add-party.endpoint.js';
import {
  ChangeObjectiveEndpoint,
  ChangeObjectiveHandler,
} from './agreement/change-objective/change-objective.endpoint.js';
import {
  DefineConsequenceEndpoint,
  DefineConsequenceHandler,
} from './agreement/define-consequence/define-consequence.endpoint.js';
import { DraftAgreementEndpoint, DraftAgreementHandler } from './agreement/draft-agreement/draft-agreement.endpoint.js';
import {
  RemoveObjectiveEndpoint,
  RemoveObjectiveHandler,
} from './agreement/remove-objective/remove-objective.endpoint.js';
import {
  SetReviewScheduleEndpoint,
  SetReviewScheduleHandler,
} from './agreement/set-review-schedule/set-review-schedule.endpoint.js';
import { SignAgreementEndpoint, SignAgreementHandler } from './agreement/sign-agreement/sign-agreement.endpoint.js';
import {
  SubmitForSignatureEndpoint,
  SubmitForSignatureHandler,
} from './agreement/submit-for-signature/submit-for-signature.endpoint.js';

import { IndicatorCards } from './agreement/indicator-cards.js';
import { ServicePromises } from './service-promise/promise-services-before-activation.process.js';

@Module({
  controllers: [
    DraftAgreementEndpoint,
    AddPartyEndpoint,
    AddObjectiveEndpoint,
    ChangeObjectiveEndpoint,
    RemoveObjectiveEndpoint,
    DefineConsequenceEndpoint,
    SetReviewScheduleEndpoint,
    SubmitForSignatureEndpoint,
    SignAgreementEndpoint,
    ActivateAgreementEndpoint,
  ],
  providers: [
    IndicatorCards,
    ServicePromises,
    DraftAgreementHandler,
    AddPartyHandler,
    AddObjectiveHandler,
    ChangeObjectiveHandler,
    RemoveObjectiveHandler,
    DefineConsequenceHandler,
    SetReviewScheduleHandler,
    SubmitForSignatureHandler,
    SignAgreementHandler,
    ActivateAgreementHandler,
  ],
})
export class AgreementsCommandsModule {}
