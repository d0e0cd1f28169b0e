import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  readonly held: Buffer[];
  isMute: boolean;
}

/** A network between a client and a store on one node that fails on demand. */
export class FaultProxy {
  readonly #pairs = new Set<Pair>();
  #answers: 'pass' | 'hold' | 'lose' = 'pass';
  #connections = 0;

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async before(url: string): Promise<FaultProxy> {
    const { username, password, hostname, port, search } = new URL(url.replace(/^esdb:/, 'http:'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = (server.address() as AddressInfo).port;
    const login = username === '' ? '' : `${username}:${password}@`;
    const proxy = new FaultProxy(`esdb://${login}localhost:${own}${search}`, server);
    server.on('connection', (near) => proxy.#join(near, connect(Number(port), hostname)));
    return proxy;
  }

  /** Connections that were made so far. */
  get connections(): number {
    return this.#connections;
  }

  #join(near: Socket, far: Socket): void {
    this.#connections += 1;
    const pair: Pair = { near, far, held: [], isMute: false };
    this.#pairs.add(pair);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (pair.isMute) return;
      if (this.#answers === 'pass') near.write(bytes);
      else if (this.#answers === 'hold') pair.held.push(bytes);
    });
    const end = (): void => {
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  }

  /** What the store says waits from now on, also on new connections. */
  holdAnswers(): void {
    this.#answers = 'hold';
  }

  /** What the store says is lost from now on; only a new connection makes sense afterwards. */
  loseAnswers(): void {
    this.#answers = 'lose';
  }

  /** The oldest connection stays open, but nothing that the store says on it arrives any more. */
  muteOldest(): void {
    for (const pair of this.#pairs) {
      pair.isMute = true;
      return;
    }
  }

  heal(): void {
    this.#answers = 'pass';
    for (const { near, held } of this.#pairs) for (const bytes of held.splice(0)) near.write(bytes);
  }

  cut(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
