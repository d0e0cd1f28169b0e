import { specFor } from '@app/testing';
import { concluded, listed, subject } from '../erasure-register.examples.js';
import { erasureRegisterRules } from '../erasure-register.rules.js';
import { erasureRegister } from '../erasure-register.state.js';
import { ConcludeErasure, concludeErasure } from './conclude-erasure.js';

const { given } = specFor(erasureRegister, ConcludeErasure, concludeErasure);

describe('conclude an erasure', () => {
  it('is concluded', () => given(listed).when(subject).then(concluded));
  it('sent twice, nothing happens', () => given(listed, concluded).when(subject).then());
  it(erasureRegisterRules.anErasureThatIsConcludedWasListed.sentence, () =>
    given(listed)
      .when({ ...subject, person: 'p-2' })
      .refused(erasureRegisterRules.anErasureThatIsConcludedWasListed),
  );
});
