import { scorecard } from './read-models/scorecard/scorecard.js';

export const overviewProjections = [scorecard];
