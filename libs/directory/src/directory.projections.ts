import { agencies } from './read-models/agencies/agencies.js';

export const directoryProjections = [agencies];
