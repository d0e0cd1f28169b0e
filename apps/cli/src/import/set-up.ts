import { CommandFailure } from '../exit-codes.js';
import { Refused, requestJson, tokenFor, type ClientOptions, type TokenSource } from '../ledger-client.js';
import type { ReadingsProfile } from './profile.js';

export interface SetUpOptions extends Omit<ClientOptions, 'token'> {
  readonly token: TokenSource;
  readonly notice: (words: string) => void;
}

export type Register = (path: string, body: unknown, what: string) => Promise<void>;

/**
 * Registers one thing as an administrator. What stands already is kept: an importer has no say over what somebody has amended, and a
 * data capturer may not register anything.
 */
export async function registrar({ token, notice, ...client }: SetUpOptions): Promise<Register> {
  const bearer = await tokenFor(token, 'administrator');
  return async (path, body, what) => {
    try {
      await requestJson('POST', path, body, { ...client, token: bearer });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 409) notice(`${what} stands already with other content, which is kept.`);
      else if (error.status === 403) notice(`${what} is not registered: this token may not do so.`);
      else throw new CommandFailure(`${what} cannot be registered. ${error.message}`, error.exitCode, { cause: error });
    }
  };
}

/** Registers the agency, its districts and the indicator cards of the profile. */
export async function setUp(profile: ReadingsProfile, options: SetUpOptions): Promise<void> {
  const { agency, districts, indicators } = profile.setup;
  if (agency === undefined && districts.length === 0 && indicators.length === 0) return;
  const register = await registrar(options);
  if (agency !== undefined)
    await register('/v1/agencies', { id: profile.agency, ...agency }, `Agency ${profile.agency}`);
  if (districts.length > 0)
    await register(`/v1/agencies/${profile.agency}/districts`, { districts }, `A district of ${profile.agency}`);
  for (const card of indicators) {
    await register(`/v1/agencies/${profile.agency}/indicators`, card, `Indicator ${String(card['id'])}`);
  }
}

interface AgreementView {
  readonly objectives?: readonly { readonly objectiveId?: string; readonly indicatorId?: string }[];
}

/** Readings for an objective that measures something else would be evaluated as nothing, so it is said before the first. */
export async function checkObjective(profile: ReadingsProfile, { token, ...client }: SetUpOptions): Promise<void> {
  if (profile.objective === undefined) return;
  const { agreement, objective } = profile.objective;
  const path = `/v1/agencies/${profile.agency}/agreements/${encodeURIComponent(agreement)}`;
  const bearer = await tokenFor(token, 'data-capturer', profile.agency);
  const view = (await requestJson('GET', path, undefined, { ...client, token: bearer })) as {
    readonly state?: AgreementView;
  } & AgreementView;
  const objectives = view.objectives ?? view.state?.objectives ?? [];
  const found = objectives.find(({ objectiveId }) => objectiveId === objective);
  if (found === undefined) {
    throw new CommandFailure(
      `Profile ${profile.name} /objective: agreement ${agreement} has no objective ${objective}.`,
    );
  }
  if (found.indicatorId !== profile.indicator) {
    throw new CommandFailure(
      `Profile ${profile.name} /objective: objective ${objective} measures ${found.indicatorId}, not ${profile.indicator}.`,
    );
  }
}
