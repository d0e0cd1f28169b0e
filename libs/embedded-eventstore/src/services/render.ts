/** Turns a record into what the client asked to see. */
export type Render = (record: Buffer, position: number) => Buffer;
