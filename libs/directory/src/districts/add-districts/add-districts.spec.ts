import { specFor } from '@app/testing';
import {
  allston,
  allstonAdded,
  allstonRetired,
  roxbury,
  roxburyAdded,
  roxburyAlsoKnown,
  roxburyRenamed,
} from '../districts.examples.js';
import { districtsRules } from '../districts.rules.js';
import { districts, isDistrictName } from '../districts.state.js';
import { AddDistricts, addDistricts } from './add-districts.js';

const { given } = specFor(districts, AddDistricts, addDistricts);
const facts = { isRegistered: true, today: '2026-01-05' };
const add = (...added: (typeof allston)[]) => ({ districts: added });

describe('add districts', () => {
  it('are added together', () => given().when(add(allston, roxbury), { facts }).then(allstonAdded, roxburyAdded));
  it('sent twice, nothing happens', () =>
    given(allstonAdded, roxburyAdded).when(add(allston, roxbury), { facts }).then());
  it('those that are missing are added', () =>
    given(allstonAdded).when(add(allston, roxbury), { facts }).then(roxburyAdded));
  it('a district that has gained spellings meanwhile is the same district', () =>
    given(roxburyAdded, roxburyAlsoKnown).when(add(roxbury), { facts }).then());
  it(districtsRules.aDistrictBelongsToARegisteredAgency.sentence, () =>
    given()
      .when(add(allston), { facts: { ...facts, isRegistered: false } })
      .refused(districtsRules.aDistrictBelongsToARegisteredAgency),
  );
  it(districtsRules.aDistrictIsAddedOnce.sentence, () => {
    given(allstonAdded)
      .when(add({ ...allston, name: 'Lower Allston' }), { facts })
      .refused(districtsRules.aDistrictIsAddedOnce, '/districts/0/id');
    given(roxburyAdded)
      .when(add({ ...roxbury, alsoKnownAs: ['ROXBURY'] }), { facts })
      .refused(districtsRules.aDistrictIsAddedOnce, '/districts/0/id');
  });
  it.each(['allston', 'ALLSTON/BRIGHTON', 'Allston  / Brighton'])(
    `${districtsRules.aDistrictNameIsFree.sentence} Not %s.`,
    (name) =>
      given(allstonAdded)
        .when(add({ ...roxbury, name }), { facts })
        .refused(districtsRules.aDistrictNameIsFree, '/districts/0/name'),
  );
  it('two districts of one request do not share a name', () =>
    given()
      .when(add(allston, { ...roxbury, alsoKnownAs: ['Allston'] }), { facts })
      .refused(districtsRules.aDistrictNameIsFree, '/districts/1/name'));
  it('a name that a district had is not free', () =>
    given(roxburyAdded, roxburyRenamed)
      .when(add({ ...allston, name: 'Roxbury' }), { facts })
      .refused(districtsRules.aDistrictNameIsFree, '/districts/0/name'));
  it(districtsRules.aSpellingIsListedOnce.sentence, () =>
    given()
      .when(add({ ...allston, alsoKnownAs: ['Allston'] }), { facts })
      .refused(districtsRules.aSpellingIsListedOnce, '/districts/0/name'),
  );
  it(districtsRules.aRetiredDistrictIsNotChanged.sentence, () =>
    given(allstonAdded, allstonRetired)
      .when(add(allston), { facts })
      .refused(districtsRules.aRetiredDistrictIsNotChanged, '/districts/0/id'),
  );
});

describe('a name of a district', () => {
  const state = [allstonAdded, roxburyAdded, roxburyRenamed, allstonRetired].reduce(
    districts.evolve,
    districts.initial,
  );
  it('is its name, another spelling, a former name, or one of a district that is retired', () =>
    expect(
      ['Allston', 'Allston / Brighton', 'Nubian Square', 'Roxbury'].every((name) => isDistrictName(state, name)),
    ).toBe(true));
  it('is told by the letter', () =>
    expect(['allston', 'Allston ', '', 'Brighton'].some((name) => isDistrictName(state, name))).toBe(false));
});
