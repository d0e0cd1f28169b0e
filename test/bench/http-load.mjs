// A client that costs little: on two cores what the load takes is missing to the service that is measured.
import { connect } from 'node:net';

const endOfHead = '\r\n\r\n';
const endOfChunks = '0\r\n\r\n';

/** Undefined until the answer is whole. */
function answerIn(text) {
  const at = text.indexOf(endOfHead);
  if (at < 0) return undefined;
  const head = text.slice(0, at);
  const rest = text.slice(at + endOfHead.length);
  const length = /content-length: (\d+)/i.exec(head);
  const isWhole = length === null ? rest.endsWith(endOfChunks) : rest.length >= Number(length[1]);
  return isWhole ? { status: Number(head.slice(9, 12)), body: rest } : undefined;
}

/**
 * Opened anew where the service has closed it meanwhile: between two turns it may be idle for longer than it is kept. It may
 * also be closed while a request is on its way to it, which is then sent again.
 */
function connection(host, port) {
  let socket;
  let received = '';
  let waiting;
  let request;
  let answered;
  const settle = (how, value) => {
    const settled = waiting;
    waiting = undefined;
    settled?.[how](value);
  };
  const open = () => {
    received = '';
    answered = 0;
    let failure = new Error('The connection ended before the answer.');
    const opened = connect({ host, port, noDelay: true }).setEncoding('latin1');
    socket = opened;
    socket.on('data', (text) => {
      received += text;
      const answer = answerIn(received);
      if (answer === undefined) return;
      received = '';
      answered++;
      const { status, body } = answer;
      if (status >= 300) return settle('reject', new Error(`${status} ${body}`));
      const last = body.split('\n').findLast((line) => line.startsWith('{'));
      settle('resolve', JSON.parse(last));
    });
    socket.on('error', (error) => (failure = error));
    socket.on('close', () => {
      if (waiting === undefined || socket !== opened) return;
      if (answered === 0 || received !== '') return settle('reject', failure);
      open();
      socket.write(request);
    });
  };
  const send = (path, body, headers) =>
    new Promise((resolve, reject) => {
      if (socket === undefined || !socket.writable) open();
      waiting = { resolve, reject };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const length = Buffer.byteLength(body);
      request = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}content-length: ${length}\r\n\r\n${body}`;
      socket.write(request);
    });
  return { send, close: () => socket?.destroy() };
}

/** One request at a time on each of so many kept-alive connections; `send` resolves with the JSON of the answer's last line. */
export function httpLoad(url, connections) {
  const { hostname, port } = new URL(url);
  const all = Array.from({ length: connections }, () => connection(hostname, Number(port)));
  return {
    send: (writer, path, body, headers) => all[writer].send(path, body, headers),
    close: () => all.forEach(({ close }) => close()),
  };
}
