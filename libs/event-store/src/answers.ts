import type { Accepted, RecordedEvent } from '@app/kernel';

const mostAnswers = 512;

/** What the recent commands of one stream were answered, so that a repeat gets the same answer. */
export class Answers {
  readonly #byCommand = new Map<string, Accepted>();

  get(commandId: string): Accepted | undefined {
    return this.#byCommand.get(commandId);
  }

  add(commandId: string, accepted: Accepted): void {
    this.#byCommand.delete(commandId);
    this.#byCommand.set(commandId, accepted);
    if (this.#byCommand.size > mostAnswers) this.#byCommand.delete(this.#byCommand.keys().next().value!);
  }

  /** A stored event tells what its command was answered. */
  note({
    metadata: { commandId },
    stream: { tenant, id },
    streamName,
    revision,
    position,
    id: eventId,
  }: RecordedEvent) {
    const known = this.#byCommand.get(commandId)?.eventIds ?? [];
    if (known.includes(eventId)) return;
    this.add(commandId, { tenant, id, streamName, revision, position, eventIds: [...known, eventId] });
  }

  newest(count: number): readonly (readonly [string, Accepted])[] {
    return [...this.#byCommand].slice(-count);
  }
}
