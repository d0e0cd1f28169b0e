import { actionsDue } from './read-models/actions-due/actions-due.js';
import { processes } from './read-models/processes/processes.js';
import { publicNotices } from './read-models/public-notices/public-notices.js';

export const processesProjections = [processes, actionsDue, publicNotices];
