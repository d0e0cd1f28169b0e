import { keepReadModelsInThisThread } from '@app/projections';
import { projections } from './projections.js';

keepReadModelsInThisThread(projections);
