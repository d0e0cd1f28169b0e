/** The gRPC status codes that this server answers. */
export const Status = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** How a call fails: a status with a sentence, and trailers from which the client makes its typed errors. */
export class GrpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly trailers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'GrpcError';
  }
}

/** What the real server says when its handler throws. */
export const handlerThrew = (): GrpcError => new GrpcError(Status.UNKNOWN, 'Exception was thrown by handler.');

export const streamDeleted = (stream: string): GrpcError =>
  new GrpcError(Status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const accessDenied = (): GrpcError =>
  new GrpcError(Status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

/** HTTP header values are printable ASCII; gRPC writes everything else as %XX. */
export function headerValue(text: string): string {
  let value = '';
  for (const byte of Buffer.from(text, 'utf8'))
    value +=
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return value;
}
