import { actionsDue } from './read-models/actions-due/actions-due.js';
import { processes } from './read-models/processes/processes.js';

export const processesProjections = [processes, actionsDue];
