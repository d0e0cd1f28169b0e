import { specFor } from '@app/testing';
import { concluded, listed, subject } from '../erasure-register.examples.js';
import { erasureRegister } from '../erasure-register.state.js';
import { ListErasure, listErasure } from './list-erasure.js';

const { given } = specFor(erasureRegister, ListErasure, listErasure);

describe('list an erasure', () => {
  it('is listed', () => given().when(subject).then(listed));
  it('sent twice, nothing happens', () => {
    given(listed).when(subject).then();
    given(listed, concluded).when(subject).then();
  });
  it('is listed for each agency', () => {
    const elsewhere = { ...subject, agency: 'ghent' };
    given(listed).when(elsewhere).then({ type: 'ErasureListed', data: elsewhere });
  });
});
