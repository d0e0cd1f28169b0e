import type { Consumer } from './consumer.js';
import type { Message } from './message.js';

/** Who gets a message: a consumer, nobody yet because its own consumer is busy, or nobody at all. */
export type Choice = Consumer | 'its consumer is busy' | 'all are busy';

export interface Strategy {
  join(consumer: Consumer): void;
  leave(consumer: Consumer): void;
  choose(message: Message): Choice;
  /** The message was given to the consumer that was chosen. */
  given(message: Message): void;
  /** The message was answered, timed out, or its consumer left. */
  released(message: Message, by: Consumer): void;
}
