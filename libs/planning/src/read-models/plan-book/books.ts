import { consultation, type ConsultationState } from '@app/engagement/events';
import { agency as agencies, service, type ServiceState } from '@app/directory/events';
import { StreamDecider } from '@app/event-store';
import { DateField, EnumField, Problem, problems, type PointInLog } from '@app/http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bookOf, type PlanBookContent } from './book-content.js';
import { bookInHtml, bookPolicy } from './book-html.js';
import { bookInMarkdown } from './book-markdown.js';
import { printed } from './book-tables.js';
import { Measures, isPast } from './measures.js';
import { PlansAt, isPublic, type ShownPlan } from './plans-at.js';

const types = {
  json: 'application/json',
  markdown: 'text/markdown',
  html: 'text/html',
} as const;
type Form = keyof typeof types;
const forms = Object.keys(types) as Form[];

/** What the doors answer beside JSON. */
export const textForms = {
  [types.markdown]: { schema: { type: 'string' } },
  [types.html]: { schema: { type: 'string' } },
} as const;

export class PlanBookQuery {
  @EnumField('Form of the book; left out: what Accept prefers, else JSON', forms, { optional: true, example: 'html' })
  format?: Form;
  @DateField('As it was true at the end of this day; left out: now', { optional: true, example: '2026-12-31' })
  validAt?: string;
}

interface BookAsked {
  readonly agency: string;
  readonly plan: string;
  readonly query: PlanBookQuery;
  readonly at: PointInLog;
  /** Only what was decided on and published. */
  readonly publicOnly: boolean;
}

/** The plan book as JSON, Markdown or a page to print. */
@Injectable()
export class Books {
  constructor(
    private readonly plans: PlansAt,
    private readonly measures: Measures,
    private readonly decider: StreamDecider,
  ) {}

  async send(asked: BookAsked, request: FastifyRequest, reply: FastifyReply): Promise<PlanBookContent | string> {
    const form = asked.query.format ?? preferred(request.headers.accept);
    const book = await this.book(asked);
    void reply.header('Vary', 'Accept').type(`${types[form]}; charset=utf-8`);
    if (form === 'json') return book;
    if (form === 'markdown') return bookInMarkdown(printed(book));
    void reply.header('Content-Security-Policy', bookPolicy);
    return bookInHtml(printed(book));
  }

  private async book({ agency, plan, query, at, publicOnly }: BookAsked): Promise<PlanBookContent> {
    const { plans, known, validAt } = await this.plans.find(agency, plan, { at, validAt: query.validAt });
    const [booked] = plans.filter((one) => !publicOnly || isPublic(one));
    if (booked === undefined) throw new Problem(problems.notFound);
    const { goals, standards, keyServices } = booked.state;
    const indicators = [...goals, ...standards].flatMap(({ indicatorId }) => indicatorId ?? []);
    const { state: registered } = await this.decider.facts.load(agencies, agency, agency);
    const past = isPast(known);
    const loaded = async <State>(ids: readonly string[], load: (id: string) => Promise<{ readonly state: State }>) =>
      new Map(await Promise.all(ids.map(async (id): Promise<[string, State]> => [id, (await load(id)).state])));
    const services = keyServices.map(({ serviceId }) => serviceId);
    return bookOf(booked, {
      agencyName: registered.status === 'registered' ? registered.name : agency,
      validAt,
      measured: await this.measures.of(agency, indicators, known),
      noData: await this.plans.withoutData(booked, known),
      services: await loaded<ServiceState>(services, (id) =>
        past ? this.decider.load(service, agency, id, known) : this.decider.facts.load(service, agency, id),
      ),
      consultations: await loaded<ConsultationState>(consultationsOf(booked), (id) =>
        past ? this.decider.load(consultation, agency, id, known) : this.decider.facts.load(consultation, agency, id),
      ),
    });
  }
}

/** Those that the plan was submitted with. */
const consultationsOf = ({ state }: ShownPlan): readonly string[] => {
  if ('consultations' in state) return state.consultations;
  return 'authority' in state && state.authority.kind === 'approved' ? state.authority.consultations : [];
};

/** The first of Accept's types in order of quality that the book has; JSON for anything. */
export function preferred(accept = '*/*'): Form {
  const wanted = accept
    .split(',')
    .map((range) => {
      const [media = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { media, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality);
  for (const { media } of wanted) {
    const form = forms.find(
      (one) => media === types[one] || media === '*/*' || media === `${types[one].split('/')[0]}/*`,
    );
    if (form !== undefined) return form;
  }
  throw new Problem(problems.notAcceptable, `It is one of ${Object.values(types).join(', ')}.`);
}
