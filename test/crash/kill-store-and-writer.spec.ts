import { killStoreAndWriter } from './kill-store-and-writer.js';

describe('Commands in processes that are killed', () => killStoreAndWriter(3));
