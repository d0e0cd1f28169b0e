import { doc } from '../codec/plain.js';
import { Collection } from './collection.js';

export const FEATURE_VERSION = '7.0';
export const SYSTEM_VERSION = 'admin.system.version';

/** What a server of MongoDB keeps of itself in `admin`. Here it is made at each start, never stored and never changed. */
export function systemVersion(): Collection {
  const collection = new Collection(0, SYSTEM_VERSION, '00000000-0000-4000-8000-000000000000');
  collection.load(1, doc({ _id: 'featureCompatibilityVersion', version: FEATURE_VERSION }).bytes);
  collection.loaded();
  return collection;
}
