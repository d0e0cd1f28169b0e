import { connect, type Socket } from 'node:net';
import { BSON } from 'mongodb';

const HEADER = 16;
const OP_MSG = 2013;

/** The bytes of a command as an OP_MSG of one section; `length` is what the header says, true or not. */
export function commandBytes(command: BSON.Document, length?: number): Buffer {
  const body = BSON.serialize(command);
  const message = Buffer.alloc(HEADER + 5 + body.length);
  message.writeInt32LE(length ?? message.length, 0);
  message.writeInt32LE(OP_MSG, 12);
  message.set(body, HEADER + 5);
  return message;
}

interface Waiting {
  readonly resolve: (answer: BSON.Document) => void;
  readonly reject: (error: Error) => void;
}

/** A client that sends commands as they stand: the driver puts a session of its own into each. */
export class WireClient {
  readonly socket: Socket;
  /** Resolves when the server ends the connection. */
  readonly closed: Promise<void>;
  #received = Buffer.alloc(0);
  readonly #waiting: Waiting[] = [];

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
    this.socket.once('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('the connection ended before the answer'));
    });
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    while (this.#received.length >= HEADER) {
      const length = this.#received.readInt32LE(0);
      if (this.#received.length < length) return;
      const answer = BSON.deserialize(this.#received.subarray(HEADER + 5, length), { promoteLongs: true });
      this.#received = this.#received.subarray(length);
      this.#waiting.shift()?.resolve(answer);
    }
  }

  /** Answers come in the order of the commands. Rejects when the connection ends before. */
  ask(command: BSON.Document): Promise<BSON.Document> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) reject(new Error('the connection has ended'));
      this.#waiting.push({ resolve, reject });
      this.socket.write(commandBytes(command));
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
