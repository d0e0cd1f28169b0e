import { exampleMetadata, specFor } from '@app/testing';
import { received, said, withdrawn } from '../input.examples.js';
import { inputRules } from '../input.rules.js';
import { input } from '../input.state.js';
import { WithdrawInput, withdrawInput } from './withdraw-input.js';

const { given } = specFor(input, WithdrawInput, withdrawInput);
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person, role: 'citizen' } });

describe('withdraw an input', () => {
  it('is withdrawn by the person who sent it', () => given(received).when({}, as(said.person)).then(withdrawn));
  it('sent twice, nothing happens', () => given(received, withdrawn).when({}, as(said.person)).then());
  it(inputRules.onlyWhoSentAnInputWithdrawsIt.sentence, () =>
    given(received).when({}, as('c-2')).refused(inputRules.onlyWhoSentAnInputWithdrawsIt),
  );
  it(inputRules.anInputIsThereFirst.sentence, () =>
    given().when({}, as(said.person)).refused(inputRules.anInputIsThereFirst),
  );
});
