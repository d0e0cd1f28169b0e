/** A body together with the revision that it shows: the interceptor makes the ETag of it. */
export class Revised<Body extends object> {
  constructor(
    readonly body: Body,
    readonly revision: bigint,
  ) {}
}

export const revised = <Body extends object>(body: Body, revision: bigint): Revised<Body> =>
  new Revised(body, revision);
