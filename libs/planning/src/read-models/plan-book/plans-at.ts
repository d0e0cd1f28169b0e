import { agency as agencies } from '@app/directory/events';
import { EventLog, StreamDecider } from '@app/event-store';
import { problemAt, problems, type PointInLog } from '@app/http';
import { Clock, inZone } from '@app/kernel';
import { goalsWithoutData, lateProgress, processInstance, type NoData } from '@app/processes/events';
import { ReadModels, type Filter } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { OpenedPlan } from '../../plan/plan.state.js';
import type { ValidAt } from './goal-rows.js';
import { isAfter, isPast, type KnownAt } from './measures.js';
import { planBook, planDocumentId, type BookedDocument, type BookedPlan } from './plan-book.js';

export type ShownPlan = BookedPlan & { readonly state: OpenedPlan };

/** What a question is asked about: what was known then, and what was true on a day. */
export interface Asked {
  readonly at: PointInLog;
  readonly validAt?: string | undefined;
}

export interface Answered {
  readonly plans: readonly ShownPlan[];
  readonly known: KnownAt;
  readonly validAt: ValidAt;
}

/** Plans as they stand, or as they were known at a moment of the past. */
@Injectable()
export class PlansAt {
  constructor(
    private readonly readModels: ReadModels,
    private readonly decider: StreamDecider,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  async find(agency: string, planId: string | undefined, { at, validAt }: Asked): Promise<Answered> {
    const filter: Filter<BookedDocument> =
      planId === undefined ? { agency, kind: 'plan' } : { _id: planDocumentId(agency, planId) };
    const found = this.readModels.collection(planBook).find(filter).sort({ _id: 1 });
    const booked = ((await found.toArray()) as BookedPlan[]).filter(isShown);
    const moment = await this.momentOf(agency, validAt, at);
    if (at.position === undefined && at.recordedAt === undefined && at.revision === undefined)
      return { plans: booked, known: {}, validAt: moment };
    if (at.revision !== undefined && planId === undefined)
      throw problemAt(
        problems.malformedAsOf,
        '?asOf',
        'A revision is of one plan: name it, or ask by time or position.',
      );
    const past = await Promise.all(booked.map((one) => this.replayed(one, at)));
    const known = at.revision === undefined ? at : (past[0]?.known ?? {});
    return { plans: past.flatMap(({ plan }) => plan), known, validAt: moment };
  }

  /** Of which goals of the plan it is said in public that there are no data. */
  async withoutData({ agency, plan }: ShownPlan, known: KnownAt): Promise<ReadonlyMap<string, NoData>> {
    const id = `${lateProgress}/${plan}`;
    const { state } = isPast(known)
      ? await this.decider.load(processInstance, agency, id, known)
      : await this.decider.facts.load(processInstance, agency, id);
    return goalsWithoutData(state);
  }

  /** The same folds over the events up to then. */
  private async replayed(booked: ShownPlan, at: PointInLog): Promise<{ plan: readonly ShownPlan[]; known: KnownAt }> {
    let document: BookedDocument | undefined;
    let known: KnownAt = {};
    for await (const event of this.log.readStream({ category: 'plan', tenant: booked.agency, id: booked.plan })) {
      if (at.revision !== undefined && event.revision > at.revision) break;
      if (at.position !== undefined && isAfter(event.position, at.position)) break;
      if (at.recordedAt !== undefined && event.recordedAt > at.recordedAt) break;
      document = planBook.on[event.type]!(document, event, booked._id);
      known = { position: event.position };
    }
    return { plan: [document as BookedPlan | undefined].filter((one) => one !== undefined).filter(isShown), known };
  }

  private async momentOf(agency: string, validAt: string | undefined, { recordedAt }: PointInLog): Promise<ValidAt> {
    const { state } = await this.decider.facts.load(agencies, agency, agency);
    const timeZone = state.status === 'registered' ? state.timeZone : 'UTC';
    if (validAt !== undefined) return { day: validAt, moment: new Date(inZone(`${validAt}T23:59:59`, timeZone)) };
    const moment = recordedAt ?? this.clock.now();
    const there = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
    return { moment, day: there.toPlainDate().toString() };
  }
}

const isShown = (booked: BookedPlan): booked is ShownPlan => booked.state.status !== 'unopened';

/** Decided on and published: everybody may see it. */
export const isPublic = ({ state }: ShownPlan): boolean => 'authority' in state;
