import { specFor } from '@app/testing';
import {
  communitySeated,
  diagnosed,
  diagnosisEnded,
  diagnosing,
  leadSeated,
  opened,
  prioritising,
  problemStated,
  seated,
  serviceSelected,
  settingGoals,
  supervisorSeated,
} from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { EndDiagnosis, endDiagnosis } from './end-diagnosis.js';

const { given } = specFor(plan, EndDiagnosis, endDiagnosis);

describe('end the diagnosis', () => {
  it('ends, and goals are set', () =>
    given(...diagnosed)
      .when({})
      .then(diagnosisEnded));
  it('sent twice, nothing happens', () =>
    given(...settingGoals)
      .when({})
      .then());
  it(planRules.onlyADiagnosisEnds.sentence, () => {
    for (const history of [seated, prioritising])
      given(...history)
        .when({})
        .refused(planRules.onlyADiagnosisEnds);
  });
  it.each([
    ['supervisor', [leadSeated, communitySeated]],
    ['team lead', [supervisorSeated, communitySeated]],
    ['community', [supervisorSeated, leadSeated]],
  ])(`${planRules.aTeamIsSeatedBeforeTheDiagnosisEnds.sentence} Not without the seat of %s.`, (_seat, team) =>
    given(opened, ...team, serviceSelected, problemStated)
      .when({})
      .refused(planRules.aTeamIsSeatedBeforeTheDiagnosisEnds, '/team'),
  );
  it(planRules.aDiagnosisFindsAProblem.sentence, () =>
    given(...diagnosing)
      .when({})
      .refused(planRules.aDiagnosisFindsAProblem, '/problems'),
  );
});
