import { z } from 'zod';

/** Text of a person as it is stored: AES-256-GCM under the key of that person, all parts in base64url. */
export const sealed = z.strictObject({ keyId: z.string(), iv: z.string(), ciphertext: z.string(), tag: z.string() });
export type Sealed = Readonly<z.infer<typeof sealed>>;

/** Whose text it is and where it stands. A ciphertext that is moved to another place does not open. */
export interface Place {
  readonly tenant: string;
  /** Opaque id of the person, who holds the key. */
  readonly person: string;
  /** Name of the stream, `input-boston/c-1.i-1`. */
  readonly stream: string;
  /** Known before the decision: `eventIdOf(commandId, index)`. */
  readonly eventId: string;
  /** Field of the event's data. */
  readonly field: string;
}

/** What a sealed text says today. */
export type Opened = { readonly status: 'open'; readonly text: string } | { readonly status: 'erased' };

/** Seals and opens what people say of themselves. */
export abstract class PersonalData {
  /**
   * Makes the person's key where there is none; it is on disk when this resolves.
   * @throws RuleViolation when the key of the person was shredded.
   */
  abstract seal(place: Place, text: string): Promise<Sealed>;

  /** @throws SealBroken when the text was changed or stands at another place. */
  abstract open(place: Place, text: Sealed): Promise<Opened>;

  /** Whether the key of the person was shredded. */
  abstract isErased(tenant: string, person: string): Promise<boolean>;
}

/** A sealed text that is not what was sealed at this place. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}
