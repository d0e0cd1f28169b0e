/** A body together with the revision that it shows: the answer has it as its ETag. */
export class Revised<Body extends object> {
  constructor(
    readonly body: Body,
    readonly revision: bigint,
  ) {}
}

export const revised = <Body extends object>(body: Body, revision: bigint): Revised<Body> =>
  new Revised(body, revision);
