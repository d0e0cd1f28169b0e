import { dataSubjects } from './read-models/data-subjects/data-subjects.js';

export const personalDataProjections = [dataSubjects];
