import { specFor } from '@app/testing';
import {
  informalIdentified,
  nextOwnerAssigned,
  resumed,
  resumption,
  retired,
  suspended,
  waterRegistered,
} from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { ResumeService, resumeService } from './resume-service.js';

const { given } = specFor(service, ResumeService, resumeService);

describe('resume a service', () => {
  it('is resumed for a reason', () => given(waterRegistered, suspended).when(resumption).then(resumed));
  it('sent twice, nothing happens', () => given(waterRegistered, suspended, resumed).when(resumption).then());
  it('comes back as it was', () => {
    const before = [waterRegistered, nextOwnerAssigned, informalIdentified];
    const after = [...before, suspended, resumed];
    expect(after.reduce(service.evolve, service.initial)).toEqual(before.reduce(service.evolve, service.initial));
  });
  it('a retired service is not resumed', () =>
    given(waterRegistered, retired).when(resumption).refused(serviceRules.aRetiredServiceIsNotChanged));
});
