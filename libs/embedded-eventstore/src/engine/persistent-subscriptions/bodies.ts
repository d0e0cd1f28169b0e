import { recordType } from '../../codec/recorded-event.js';
import type { Engine } from '../engine.js';
import { linkTarget, resolveLink } from '../links.js';
import type { Message } from './message.js';

/** What is delivered for a message: its record, and what that links to when links are resolved. */
export interface Body {
  record: Buffer;
  isLink: boolean;
  target: Buffer | undefined;
}

const LINK_TYPE = Buffer.from('$>');

/** Reads what a message stands for, at first from memory, later from the log again. Parked links are always resolved. */
export function bodyOf(engine: Engine, message: Message, resolvesLinks: boolean): Body {
  const record = message.record ?? engine.log.read(message.at);
  if (!resolvesLinks && !message.isReplayed) return { record, isLink: false, target: undefined };
  const target = linkTarget(record);
  if (target === undefined) return { record, isLink: recordType(record).equals(LINK_TYPE), target: undefined };
  return { record, isLink: true, target: resolveLink(engine, target) };
}
