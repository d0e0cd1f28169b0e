/** What two spellings have in common when people would read them as one name. */
export const readAs = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
