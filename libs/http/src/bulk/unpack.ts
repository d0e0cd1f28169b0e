import type { IncomingHttpHeaders } from 'node:http';
import { createGunzip, type Gunzip } from 'node:zlib';
import { PassThrough, type Readable, pipeline } from 'node:stream';
import { Problem, problems } from '../problems/problem.js';

export interface UnpackLimits {
  readonly unpackedBytes: number;
  /** Unpacked over packed; only looked at after the first MiB, since small texts pack well. */
  readonly ratio: number;
  /** A sender that falls silent for so long has gone. */
  readonly idleMs: number;
  /** How long a sender whose upload is refused may go on sending while it reads the answer. */
  readonly lingerMs: number;
}

export const unpackLimits: UnpackLimits = {
  unpackedBytes: 256 * 1024 * 1024,
  ratio: 100,
  idleMs: 30_000,
  lingerMs: 2_000,
};

/** Up to this size a body whose length is known is waited for as a whole: the pipeline costs more than such an upload. */
const smallBody = 64 * 1024;

/** Chunks of an upload, unpacked, within the limits. Whatever is wrong with the body is thrown as a problem. */
export async function* unpacked(
  source: Readable,
  headers: IncomingHttpHeaders,
  limits: UnpackLimits = unpackLimits,
): AsyncGenerator<Buffer> {
  const encoding = headers['content-encoding'];
  const isPacked = encoding !== undefined && encoding !== 'identity';
  if (!isPacked && Number(headers['content-length'] ?? Infinity) <= smallBody) yield await whole(source, limits);
  else yield* inParts(source, isPacked ? gunzipFor(encoding) : undefined, limits);
}

function whole(source: Readable, { idleMs, lingerMs }: UnpackLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const idle = setTimeout(() => {
      reject(silence());
      linger(source, lingerMs);
    }, idleMs);
    const broke = (): void => {
      if (!source.readableEnded) reject(endedFirst());
    };
    source.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      idle.refresh();
    });
    source.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    source.on('error', broke);
    source.on('close', () => {
      clearTimeout(idle);
      broke();
    });
  });
}

const endedFirst = (): Problem => new Problem(problems.incompleteBody, 'The connection ended first.');
const silence = (): Problem => new Problem(problems.incompleteBody, 'The sender fell silent.');

async function* inParts(source: Readable, gunzip: Gunzip | undefined, limits: UnpackLimits): AsyncGenerator<Buffer> {
  let packed = 0;
  let plain = 0;
  const counted = new PassThrough();
  const idle = setTimeout(() => counted.destroy(silence()), limits.idleMs);
  source.on('data', (chunk: Buffer) => {
    packed += chunk.length;
    idle.refresh();
  });
  const broke = (): void => {
    if (!source.readableEnded) counted.destroy(endedFirst());
  };
  // Not a pipeline: that would end the source with its reader, and leave nobody to let the rest flow away.
  source.once('error', broke).once('close', broke).pipe(counted);
  if (gunzip !== undefined) pipeline(counted, gunzip, () => undefined);
  try {
    for await (const chunk of (gunzip ?? counted) as AsyncIterable<Buffer>) {
      plain += chunk.length;
      const bomb = gunzip !== undefined && plain > 1024 * 1024 && plain > packed * limits.ratio;
      if (bomb) throw new Problem(problems.bodyTooLarge, `It unpacks to more than ${limits.ratio} times its size.`);
      if (plain > limits.unpackedBytes) {
        throw new Problem(problems.bodyTooLarge, `It has more than ${limits.unpackedBytes} bytes; send it in parts.`);
      }
      yield chunk;
      // Time spent on taking lines in is not the sender's silence.
      idle.refresh();
    }
  } catch (error) {
    throw bodyProblem(error);
  } finally {
    clearTimeout(idle);
    source.unpipe(counted);
    counted.destroy();
    gunzip?.destroy();
    linger(source, limits.lingerMs);
  }
}

/**
 * Lets the rest flow away for a while, then cuts the connection. A cut at once may lose the answer: the sender's
 * system drops what it has not read yet when it learns that nobody listens.
 */
function linger(source: Readable, milliseconds: number): void {
  if (source.readableEnded || source.destroyed) return;
  const timer = setTimeout(() => source.destroy(), milliseconds);
  source.once('close', () => clearTimeout(timer));
  source.resume();
}

function gunzipFor(encoding: string): Gunzip {
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new Problem(problems.unsupportedMediaType, `The content encoding ${encoding.slice(0, 20)} is not read here.`);
  }
  return createGunzip();
}

function bodyProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
  if (code === 'Z_BUF_ERROR') return new Problem(problems.incompleteBody, 'The gzip stream ends too early.');
  if (code.startsWith('Z_')) return new Problem(problems.malformedUpload, 'It is not a whole gzip stream.');
  if (['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ABORT_ERR'].includes(code)) {
    return endedFirst();
  }
  return error;
}
