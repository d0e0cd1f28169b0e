import { agreements } from './read-models/agreements/agreements.js';

export const agreementsProjections = [agreements];
