import type { Accepted, RecordedEvent } from '@app/kernel';

const mostAnswers = 512;

/** An answer, or how to make it where it will hardly be asked for. */
type Answer = Accepted | (() => Accepted);

/** What the recent commands of one stream were answered, so that a repeat gets the same answer. */
export class Answers {
  readonly #byCommand = new Map<string, Answer>();

  get(commandId: string): Accepted | undefined {
    const answer = this.#byCommand.get(commandId);
    return typeof answer === 'function' ? answer() : answer;
  }

  add(commandId: string, answer: Answer): void {
    this.#byCommand.delete(commandId);
    this.#byCommand.set(commandId, answer);
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
    const known = this.get(commandId)?.eventIds ?? [];
    if (known.includes(eventId)) return;
    this.add(commandId, { tenant, id, streamName, revision, position, eventIds: [...known, eventId] });
  }

  newest(count: number): readonly (readonly [string, Accepted])[] {
    return [...this.#byCommand.keys()].slice(-count).map((commandId) => [commandId, this.get(commandId)!]);
  }
}
