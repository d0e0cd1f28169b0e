import type { Position } from '@app/kernel';
import { ProjectionEngine, ReadModels } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { Answers, answersAreKeptFor, type KeptAnswer } from '../requests/answers.js';
import { ReadProgress } from '../requests/freshness.js';

/** Kept answers live beside the read models, but no rebuild touches them. */
@Injectable()
export class StoredAnswers extends Answers {
  #sweptAt = 0;

  constructor(private readonly readModels: ReadModels) {
    super();
  }

  override async find(id: string): Promise<KeptAnswer | undefined> {
    return (await this.#collection.findOne({ _id: id })) ?? undefined;
  }

  override async keep(answer: KeptAnswer): Promise<void> {
    const { _id, ...rest } = answer;
    await this.#collection.updateOne({ _id }, { $setOnInsert: rest }, { upsert: true });
    await this.#sweep(answer.keptAt);
  }

  /** Once an hour is enough: two days is a promise to callers, not a secret to protect. */
  async #sweep(now: Date): Promise<void> {
    if (now.getTime() - this.#sweptAt < 3_600_000) return;
    this.#sweptAt = now.getTime();
    await this.#collection.deleteMany({ keptAt: { $lt: new Date(now.getTime() - answersAreKeptFor) } });
  }

  get #collection() {
    return this.readModels.db.collection<KeptAnswer>('kept-answers');
  }
}

@Injectable()
export class EngineProgress extends ReadProgress {
  constructor(private readonly engine: ProjectionEngine) {
    super();
  }

  override async position(): Promise<Position | undefined> {
    return this.engine.position();
  }

  override async waitFor(position: Position, milliseconds: number): Promise<boolean> {
    return this.engine.waitFor(position, milliseconds);
  }
}
