import { specFor } from '@app/testing';
import { moderated, received, withdrawn, withheld } from '../input.examples.js';
import { inputRules } from '../input.rules.js';
import { input } from '../input.state.js';
import { ModerateInput, moderateInput } from './moderate-input.js';

const { given } = specFor(input, ModerateInput, moderateInput);
const shown = { moderation: 'shown' as const, reason: 'The name is his own' };

describe('moderate an input', () => {
  it('is withheld with a reason', () => given(received).when(withheld).then(moderated));
  it('is put right: the last moderation stands', () =>
    given(received, moderated).when(shown).then({ type: 'InputModerated', data: shown }));
  it('sent twice, nothing happens', () => given(received, moderated).when(withheld).then());
  it(inputRules.anInputIsThereFirst.sentence, () => given().when(withheld).refused(inputRules.anInputIsThereFirst));
  it(inputRules.aWithdrawnInputIsLeftAlone.sentence, () =>
    given(received, withdrawn).when(withheld).refused(inputRules.aWithdrawnInputIsLeftAlone),
  );
});
