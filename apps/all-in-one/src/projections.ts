import { agreementsProjections } from '@app/agreements';
import { complianceProjections } from '@app/compliance';
import { directoryProjections } from '@app/directory';
import { engagementProjections } from '@app/engagement';
import { indicatorsProjections } from '@app/indicators';
import { oversightProjections } from '@app/oversight';
import { overviewProjections } from '@app/overview';
import { personalDataProjections } from '@app/personal-data';
import { planningProjections } from '@app/planning';
import { processesProjections } from '@app/processes';

export const projections = [
  ...directoryProjections,
  ...indicatorsProjections,
  ...agreementsProjections,
  ...complianceProjections,
  ...engagementProjections,
  ...personalDataProjections,
  ...planningProjections,
  ...processesProjections,
  ...overviewProjections,
  ...oversightProjections,
];
