import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFile, type ImportCounts } from '../../cli/src/import/import-file.js';
import { loadProfile } from '../../cli/src/import/profile.js';
import { requestJson } from '../../cli/src/ledger-client.js';

export interface ExampleOptions {
  readonly url: string;
  readonly operatorSecret: string;
  /** Root of the project: its profiles and examples. */
  readonly home: string;
}

/** `agreement.json`: what its people send, in the order in which they send it. */
export interface ExampleAgreement {
  readonly services: readonly object[];
  readonly draft: { readonly id: string };
  readonly parties: readonly { readonly partyId: string; readonly signatory: string; readonly signsAs: string }[];
  readonly objectives: readonly object[];
  readonly consequences: readonly object[];
  readonly reviewSchedule: object;
  readonly effectiveFrom: string;
  readonly periods: readonly string[];
}

const agency = 'boston';

/**
 * Fills an empty ledger over HTTP, as any city would its own: real cases, and an agreement that is judged by them. Every
 * request has its own key, so that one that was broken off is made whole by another.
 */
export async function seedExample(options: ExampleOptions): Promise<ImportCounts> {
  const { url, home } = options;
  const counts = await importFile({
    url,
    token: async (role, of) => (await signIn(options, role, { ...(of === undefined ? {} : { agency: of }) })).token,
    profile: loadProfile('boston-311', join(home, 'profiles')),
    file: join(home, 'examples', 'boston-311', 'excerpt.csv'),
  });
  const agreement = readFileSync(join(home, 'examples', 'boston-311', 'agreement.json'), 'utf8');
  await keepAgreement(options, JSON.parse(agreement) as ExampleAgreement);
  return counts;
}

/** Drafted, signed and in force; then every period is opened, cut off, evaluated and made final. */
export async function keepAgreement(options: ExampleOptions, agreement: ExampleAgreement): Promise<void> {
  const person = (role: string, subject: string) => signIn(options, role, { agency, subject });
  const administrator = await person('administrator', 'example-administrator');
  const clerk = await person('service-owner', 'example-clerk');
  const verifier = await person('verifier', 'example-verifier');
  let sent = 0;
  const send = (path: string, body: object, { token } = clerk): Promise<unknown> =>
    requestJson('POST', path, body, { url: options.url, token, idempotencyKey: `example-${sent++}` });
  const all = `/v1/agencies/${agency}/agreements`;
  const one = `${all}/${agreement.draft.id}`;

  for (const service of agreement.services)
    await send(`/v1/agencies/${agency}/services`, { ...service, owner: clerk.person }, administrator);
  await send(all, agreement.draft);
  const signatures: { readonly partyId: string; readonly token: string }[] = [];
  for (const { signatory, signsAs, ...party } of agreement.parties) {
    const signing = await person(signsAs, signatory);
    await send(`${one}/parties`, { ...party, representatives: [signing.person] });
    signatures.push({ partyId: party.partyId, token: signing.token });
  }
  for (const objective of agreement.objectives) await send(`${one}/objectives`, objective);
  for (const consequence of agreement.consequences) await send(`${one}/consequences`, consequence);
  await send(`${one}/review-schedule`, agreement.reviewSchedule);
  await send(`${one}/submission`, {});
  const { state } = (await requestJson('GET', one, undefined, { url: options.url, token: clerk.token })) as {
    readonly state: { readonly contentHash: string };
  };
  for (const { partyId, token } of signatures)
    await send(`${one}/signatures`, { partyId, contentHash: state.contentHash }, { ...clerk, token });
  await send(`${one}/activation`, { effectiveFrom: agreement.effectiveFrom });
  for (const period of agreement.periods) {
    await send(`${one}/periods`, { period }, verifier);
    for (const step of ['cut-off', 'evaluation', 'finalisation'])
      await send(`${one}/periods/${period}/${step}`, {}, verifier);
  }
}

interface SignedIn {
  readonly token: string;
  readonly person: string;
}

async function signIn(
  { url, operatorSecret }: ExampleOptions,
  role: string,
  who: { readonly agency?: string; readonly subject?: string },
): Promise<SignedIn> {
  return (await requestJson('POST', '/v1/tokens', { role, ...who }, { url, token: operatorSecret })) as SignedIn;
}
