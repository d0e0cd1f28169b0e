/** What somebody gets who speaks without an account. */
export interface Receipt {
  /** 160 random bits; shown once, in the body of the answer, and kept nowhere. */
  readonly code: string;
  /** HMAC of the code, for the event. */
  readonly digest: string;
}

/** Makes and recognises receipts. A code comes in a request body, never in an address. */
export abstract class Receipts {
  abstract make(): Promise<Receipt>;

  /**
   * What `lookUp` finds by the digest of the code. A wrong code, a malformed one and one of an erased person have one
   * answer, and take the same steps to it.
   */
  abstract find<Found extends { readonly tenant: string; readonly person: string }>(
    code: string,
    lookUp: (digest: string) => Promise<Found | undefined>,
  ): Promise<Found | undefined>;
}
