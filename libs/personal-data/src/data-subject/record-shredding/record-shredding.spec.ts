import { specFor } from '@app/testing';
import { approved, held, requested, shredded, verified } from '../data-subject.examples.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import { dataSubject } from '../data-subject.state.js';
import { RecordShredding, recordShredding } from './record-shredding.js';

const { given } = specFor(dataSubject, RecordShredding, recordShredding);
const done = { epoch: 3, answer: 'shredded' } as const;

describe('record a shredding', () => {
  it('is recorded and proved', () => given(requested, approved).when(done).then(shredded, verified));
  it('is proved where it was recorded only', () => given(requested, approved, shredded).when(done).then(verified));
  it('sent twice, nothing happens', () => given(requested, approved, shredded, verified).when(done).then());
  it(dataSubjectRules.aKeyIsShreddedAfterTheApproval.sentence, () => {
    given().when(done).refused(dataSubjectRules.aKeyIsShreddedAfterTheApproval);
    given(requested, held).when(done).refused(dataSubjectRules.aKeyIsShreddedAfterTheApproval);
  });
});
