import { breachRegister } from './read-models/breach-register/breach-register.js';

export const complianceProjections = [breachRegister];
