import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { Refused, requestJson, tokenFor } from '../ledger-client.js';
import { batchSender } from './batch-sender.js';
import type { ConversationProfile } from './conversation-profile.js';
import { readConversation, readNames, type ConversationRows, type Lines } from './conversation-rows.js';
import { ImportStopped, type ImportCounts, type ImportOptions } from './import-options.js';
import { RejectionReport } from './rejection-report.js';
import { registrar } from './set-up.js';

/** Of all rows, and of each file. */
export interface ConversationCounts extends ImportCounts {
  readonly consultation: string;
  readonly participants: ImportCounts;
  readonly statements: ImportCounts;
  readonly votes: ImportCounts;
  /** Statements that were accepted or rejected; `unchanged` were so before. */
  readonly moderated: ImportCounts;
}

/** Votes of one upload: they follow each other in time, so only one upload is under way. */
const linesAtOnce = 5_000;

/** Name of a consultation in addresses, made of the name of its folder. */
export const consultationName = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64)
    .replace(/-$/, '');

/** Half-open and in whole seconds: a moment after the last thing that happened. */
const secondAfter = (instant: string): string => `${new Date(Date.parse(instant) + 1_000).toISOString().slice(0, 19)}Z`;
const secondOf = (instant: string): string => `${instant.slice(0, 19)}Z`;

/**
 * Records a conversation that is over: what was said, who took part, every vote in the order of time, what became of it.
 * `file` is the folder that holds the files which the profile names.
 */
export async function importConversation(options: ImportOptions<ConversationProfile>): Promise<ConversationCounts> {
  const { url, profile, file: folder, signal, fetch = globalThis.fetch, patience = 60_000 } = options;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new CommandFailure(
      `${folder} is not a folder: profile ${profile.name} reads several files.`,
      exitCodes.usage,
    );
  const retrying = { patience, ...(signal === undefined ? {} : { signal }) };
  const client = { url, fetch, retrying };
  const consultation = profile.consultation ?? consultationName(folder);
  const path = `/v1/agencies/${profile.agency}/consultations/${consultation}`;
  const rows = await readConversation(profile, (file) => join(folder, file), signal);
  if (rows.first === undefined || rows.last === undefined)
    throw new CommandFailure(`${folder} has neither a statement nor a vote.`, exitCodes.usage);

  const said = await describe(profile, folder, signal);
  const { agency } = profile.setup;
  if (agency !== undefined) {
    const register = await registrar({ ...client, token: options.token, notice: options.notice ?? (() => undefined) });
    await register('/v1/agencies', { id: profile.agency, ...agency }, `Agency ${profile.agency}`);
  }
  const owner = await tokenFor(options.token, 'service-owner', profile.agency);
  const closedAt = secondAfter(rows.last);
  await requestJson(
    'POST',
    `/v1/agencies/${profile.agency}/past-consultations`,
    { id: consultation, ...said, groups: rows.groups, openedAt: secondOf(rows.first), closedAt },
    { ...client, token: owner },
  );

  const report = options.reportFile === undefined ? undefined : new RejectionReport(options.reportFile);
  const total = [rows.participants, rows.statements, rows.votes].reduce((sum, { lines }) => sum + lines.length, 0);
  const sum = { accepted: 0, unchanged: 0, rejected: 0 };
  const tell = (): void => {
    const done = sum.accepted + sum.unchanged + sum.rejected;
    options.progress?.({ ...sum, rows: done, bytesRead: done, bytesTotal: total });
  };
  const upload = async (what: 'participants' | 'statements' | 'votes', { lines, faults }: Lines) => {
    const send = batchSender({
      ...retrying,
      url,
      fetch,
      token: options.token,
      agency: profile.agency,
      path: `${path}/${what}`,
    });
    const counts = { accepted: 0, unchanged: 0, rejected: faults.length };
    sum.rejected += faults.length;
    for (const fault of faults) await report?.add(fault);
    for (let from = 0; from < lines.length; from += linesAtOnce) {
      const batch = lines.slice(from, from + linesAtOnce);
      const outcome = await send({
        ndjson: `${batch.map(({ json }) => json).join('\n')}\n`,
        origins: batch.map(({ origin }) => origin),
      });
      for (const key of ['accepted', 'unchanged', 'rejected'] as const) {
        counts[key] += outcome[key];
        sum[key] += outcome[key];
      }
      for (const { line, pointer, rule, detail } of outcome.refusals)
        await report?.add({ ...batch[line - 1]!.origin, field: pointer, rule, reason: detail });
      tell();
    }
    return counts;
  };
  try {
    const participants = await upload('participants', rows.participants);
    const statements = await upload('statements', rows.statements);
    const votes = await upload('votes', rows.votes);
    const moderated = await moderate(rows, path, closedAt, { ...client, token: owner }, profile.source);
    return { ...sum, consultation, participants, statements, votes, moderated };
  } catch (error) {
    throw new ImportStopped(error, sum);
  } finally {
    await report?.close();
  }
}

/** What the consultation was called and asked, and where the record of it is from. */
async function describe(profile: ConversationProfile, folder: string, signal?: AbortSignal) {
  const { about, subject, level, question, source, licence } = profile;
  const names = about === undefined ? undefined : await readNames(profile, join(folder, about.file), signal);
  const told = (name: string | undefined): string | undefined =>
    (name === undefined ? undefined : names?.get(name)?.trim()) || undefined;
  const from = [source, told(about?.address), licence].filter((part) => part !== undefined).join('; ');
  return {
    title: (told(about?.title) ?? profile.title).slice(0, 500),
    subject,
    level,
    questions: [(told(about?.question) ?? question).slice(0, 1_000)],
    source: from.slice(0, 1_000),
  };
}

type Client = Parameters<typeof requestJson>[3];

/** The files say what became of a statement, not when: it counts from the end of the conversation on. */
async function moderate(
  { verdicts, statements: { lines } }: ConversationRows,
  path: string,
  moderatedAt: string,
  client: Client,
  source: string,
): Promise<ImportCounts> {
  const counts = { accepted: 0, unchanged: 0, rejected: 0 };
  const known = new Set(lines.map(({ origin }) => origin.id));
  for (const { statement, verdict } of verdicts) {
    if (verdict === 'pending' || !known.has(statement)) continue;
    const body = { verdict, reason: `So it stands in the record of ${source}`.slice(0, 2_000), moderatedAt };
    try {
      const answer = await requestJson('POST', `${path}/statements/${statement}/moderation`, body, client);
      const { eventIds } = answer as { readonly eventIds: readonly string[] };
      counts[eventIds.length > 0 ? 'accepted' : 'unchanged'] += 1;
    } catch (error) {
      // A statement that was refused above is not there to be moderated.
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      counts.rejected += 1;
    }
  }
  return counts;
}
