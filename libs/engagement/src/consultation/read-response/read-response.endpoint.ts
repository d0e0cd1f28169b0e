import { StreamDecider } from '@app/event-store';
import { Problem, Public, problems, revised, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { consultation, type AnsweredConsultation } from '../consultation.state.js';
import { followed, traceOf, type FollowedAnswer } from '../trace.js';

export interface ThemeResponse {
  readonly theme: string;
  readonly title: string;
  readonly youSaid: string;
  readonly weDid: string;
  readonly answers: readonly FollowedAnswer[];
}

export type ResponseAnswer = Pick<
  AnsweredConsultation,
  'title' | 'subject' | 'level' | 'questions' | 'openedAt' | 'closedAt' | 'adequate'
> & {
  readonly agency: string;
  readonly consultation: string;
  readonly revision: string;
  readonly themes: readonly ThemeResponse[];
};

/** What people said, what was done, and what has come of it so far. There is none until it is published. */
@Controller('v1/agencies/:agency/consultations/:consultation/response')
export class ReadResponseEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(@Param('agency') agency: string, @Param('consultation') id: string): Promise<Revised<ResponseAnswer>> {
    const { state, revision } = await this.decider.load(consultation, agency, id);
    if (state.status !== 'response-published') throw new Problem(problems.notFound);
    const { title, subject, level, questions, openedAt, closedAt, adequate } = state;
    const about = { title, subject, level, questions, openedAt, closedAt, adequate };
    const themes = await Promise.all(
      state.youSaidWeDid.map(async ({ themeId, youSaid, weDid }): Promise<ThemeResponse> => {
        const trace = traceOf({ inputId: '', themeIds: [themeId] }, state);
        const answers = await followed(this.decider.facts, agency, trace.answers);
        return { theme: themeId, title: trace.themes[0]?.title ?? themeId, youSaid, weDid, answers };
      }),
    );
    return revised({ agency, consultation: id, revision: revision.toString(), ...about, themes }, revision);
  }
}
