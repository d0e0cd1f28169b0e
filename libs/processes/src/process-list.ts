import { askForLinksWhenInputIsAccepted } from './ask-for-links-when-input-is-accepted.process.js';
import type { Process } from './engine/process-definition.js';

/** Every process of the service. */
export const processList: readonly Process[] = [askForLinksWhenInputIsAccepted];

export const processNames = processList.map(({ name }) => name);
