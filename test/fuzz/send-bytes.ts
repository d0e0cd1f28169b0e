import { connect } from 'node:net';

const PATIENCE_MS = 20_000;
/** An answer that is followed by nothing for so long is all of it. */
const PAUSE_MS = 200;

/**
 * Sends bytes on a connection of its own, in pieces, and ends its side. Resolves when the server ended the connection
 * or has answered; rejects when it does neither, for then it hangs on what it got.
 */
export function sendBytes(port: number, pieces: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let pause: NodeJS.Timeout | undefined;
    const impatience = setTimeout(() => {
      reject(new Error('the server neither answered nor closed the connection'));
      socket.destroy();
    }, PATIENCE_MS);
    socket.on('error', () => {});
    socket.on('data', () => {
      clearTimeout(pause);
      pause = setTimeout(() => socket.destroy(), PAUSE_MS);
    });
    socket.on('close', () => {
      clearTimeout(impatience);
      clearTimeout(pause);
      resolve();
    });
    for (const piece of pieces) socket.write(piece);
    socket.end();
  });
}
