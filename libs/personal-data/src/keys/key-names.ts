/** Neither an agency nor a person has a slash in its id, so two people never share a name. */
export const keyOfPerson = (tenant: string, person: string): string => `person:${tenant}/${person}`;

/** The key of the HMAC of receipts. */
export const keyOfReceipts = 'secret:receipts';
