import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';

export interface RequestLine {
  readonly method: string;
  /** The pattern, with parameters left out. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly traceId: string;
}

const hidden = ['authorization', 'token', 'secret', 'password', 'subject', 'body', 'query', 'params', 'headers'];

/** Structured logs: no bodies, addresses, query values or tokens, so no personal data. */
@Injectable()
export class Logs implements LoggerService {
  readonly #pino: Logger;

  constructor(level = 'info', destination?: DestinationStream) {
    const options = {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: hidden.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
    };
    this.#pino = destination === undefined ? pino(options, pino.destination(2)) : pino(options, destination);
  }

  request(line: RequestLine): void {
    this.#pino.info(line, 'request');
  }

  /** Name, code and place only: messages of libraries may quote input. */
  failed(thrown: unknown, traceId: string): void {
    const { name, code, stack = '' } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>;
    const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
    this.#pino.error({ traceId, error: { name, code, at } }, 'request failed');
  }

  log(message: unknown, context?: string): void {
    this.#pino.debug({ context }, String(message));
  }
  warn(message: unknown, context?: string): void {
    this.#pino.warn({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.#pino.error({ context, stack }, String(message));
  }
  info(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#pino.info(fields, message);
  }
}
