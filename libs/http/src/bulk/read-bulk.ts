import { RuleViolation, type Accepted, type Position } from '@app/kernel';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { comparePositions, positionText } from '../doors/positions.js';
import { asProblem } from '../problems/problem-details.js';
import { Problem, problems, type ProblemEntry } from '../problems/problem.js';
import { csvLines, ndjsonLines, type UploadLine } from './lines.js';
import { unpackLimits, unpacked, type UnpackLimits } from './unpack.js';

/** What a line did; no event ids means that it was in already. */
export type LineOutcome = Pick<Accepted, 'eventIds' | 'position' | 'repeated'>;

export interface BulkOptions {
  /** Lines in work at the same time; reading waits when it is reached. */
  readonly concurrency?: number;
  readonly limits?: UnpackLimits;
}

export interface RejectedLine {
  readonly line: number;
  readonly rule: string;
  readonly pointer: string;
  readonly detail: string;
}

const mostRejections = 100_000;

/**
 * Takes an upload in, line by line and in order of arrival, and gives the answer as NDJSON: a line per rejection and a
 * closing summary. 200 when all lines are in, 207 when some are, 422 when none is.
 */
export async function readBulk(
  request: LedgerRequest,
  reply: FastifyReply,
  handle: (value: unknown, line: number) => Promise<LineOutcome>,
  { concurrency = 512, limits = unpackLimits }: BulkOptions = {},
): Promise<string> {
  const tally = new Tally();
  const isCsv = request.headers['content-type']?.toLowerCase().startsWith('text/csv') ?? false;
  const chunks = unpacked(request.body as Readable, request.headers, limits);
  const inWork = new InWork(concurrency);
  let failure: unknown;
  try {
    for await (const lines of isCsv ? csvLines(chunks) : ndjsonLines(chunks))
      for (const line of lines) {
        if (tally.rejected.length >= mostRejections)
          throw new Problem(problems.bodyTooLarge, 'Too many lines are rejected.');
        inWork.add(takeIn(line, handle, tally));
        if (inWork.isFull) await inWork.room();
        if (inWork.failure !== undefined) throw inWork.failure;
      }
  } catch (error) {
    failure = error;
  }
  await inWork.end();
  failure ??= inWork.failure;
  if (failure !== undefined) throw tally.stoppedBy(failure);
  void reply.status(tally.status).type('application/x-ndjson; charset=utf-8');
  if (tally.position !== undefined) void reply.header('Ledger-Position', positionText(tally.position));
  return tally.report();
}

/** Lines that are waited for, whichever of them ends first. */
class InWork {
  failure: Error | undefined;
  #count = 0;
  #wake = (): void => undefined;

  constructor(private readonly most: number) {}

  get isFull(): boolean {
    return this.#count >= this.most;
  }

  add(line: Promise<void>): void {
    this.#count += 1;
    line.then(this.#ended, (error: Error) => {
      this.failure ??= error;
      this.#ended();
    });
  }

  async room(): Promise<void> {
    while (this.isFull) await this.#nextEnd();
  }

  async end(): Promise<void> {
    while (this.#count > 0) await this.#nextEnd();
  }

  readonly #ended = (): void => {
    this.#count -= 1;
    this.#wake();
  };

  #nextEnd(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

async function takeIn(
  { line, value, refusal }: UploadLine,
  handle: (value: unknown, line: number) => Promise<LineOutcome>,
  tally: Tally,
): Promise<void> {
  tally.lines = Math.max(tally.lines, line);
  try {
    if (refusal !== undefined) throw refusal;
    tally.add(await handle(value, line));
  } catch (thrown) {
    const refused = thrown instanceof RuleViolation || (thrown instanceof Problem && thrown.kind.status < 500);
    if (!refused) throw thrown;
    tally.reject(line, asProblem(thrown));
  }
}

class Tally {
  lines = 0;
  accepted = 0;
  unchanged = 0;
  readonly rejected: RejectedLine[] = [];
  #rejectedLines = 0;
  position: Position | undefined;

  add({ eventIds, position, repeated = false }: LineOutcome): void {
    if (eventIds.length > 0 && !repeated) this.accepted += 1;
    else this.unchanged += 1;
    if (position === undefined) return;
    if (this.position === undefined || comparePositions(position, this.position) > 0) this.position = position;
  }

  reject(line: number, { kind, detail, errors }: Problem): void {
    this.#rejectedLines += 1;
    const entries: readonly ProblemEntry[] =
      errors.length > 0 ? errors : [{ pointer: '', detail: detail ?? kind.sentence, rule: kind.id }];
    for (const { pointer, detail: reason, rule } of entries)
      this.rejected.push({ line, rule, pointer, detail: reason });
  }

  get status(): number {
    if (this.#rejectedLines === 0) return 200;
    return this.accepted + this.unchanged > 0 ? 207 : 422;
  }

  /** Lines that are in stay in, so the problem says how many: the same upload again adds nothing twice. */
  stoppedBy(failure: unknown): Problem {
    const { kind, detail, errors, headers } = asProblem(failure);
    const soFar =
      this.lines === 0
        ? 'Nothing was taken in.'
        : `Up to line ${this.lines}: ${this.accepted} accepted, ${this.unchanged} unchanged, ` +
          `${this.#rejectedLines} rejected. Sending it again adds nothing twice.`;
    const problem = new Problem(kind, detail === undefined ? soFar : `${detail} ${soFar}`, errors, headers);
    problem.cause = failure;
    return problem;
  }

  report(): string {
    const summary = { accepted: this.accepted, unchanged: this.unchanged, rejected: this.#rejectedLines };
    const inOrder = this.rejected.sort((a, b) => a.line - b.line);
    return [...inOrder, summary].map((entry) => `${JSON.stringify(entry)}\n`).join('');
  }
}
