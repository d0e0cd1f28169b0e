import { specFor } from '@app/testing';
import { diagnosing, inForce, seated, serviceSelected, waterService } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { SelectKeyService, selectKeyService } from './select-key-service.js';

const { given } = specFor(plan, SelectKeyService, selectKeyService);
const registered = { facts: { isRegistered: true } };

describe('select a key service', () => {
  it('is selected, and the diagnosis begins', () => {
    given(...seated)
      .when(waterService, registered)
      .then(serviceSelected);
    expect(diagnosing.reduce(plan.evolve, plan.initial).status).toBe('diagnosing');
  });
  it('sent twice, nothing happens', () =>
    given(...diagnosing)
      .when(waterService, registered)
      .then());
  it(planRules.aKeyServiceIsSelectedOnce.sentence, () =>
    given(...diagnosing)
      .when({ ...waterService, rationale: 'Chance' }, registered)
      .refused(planRules.aKeyServiceIsSelectedOnce, '/service'),
  );
  it(planRules.aKeyServiceIsRegistered.sentence, () =>
    given(...seated)
      .when(waterService, { facts: { isRegistered: false } })
      .refused(planRules.aKeyServiceIsRegistered, '/service'),
  );
  it(planRules.aKeyServiceIsSelectedForAReason.sentence, () =>
    given(...seated)
      .when({ ...waterService, rationale: ' ' }, registered)
      .refused(planRules.aKeyServiceIsSelectedForAReason, '/rationale'),
  );
  it(planRules.aDraftIsEdited.sentence, () =>
    given(...inForce)
      .when({ ...waterService, serviceId: 'roads' }, registered)
      .refused(planRules.aDraftIsEdited),
  );
});
