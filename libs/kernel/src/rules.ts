/** HTTP answers of a broken rule: 409 the state does not allow it, 422 the content does not, 403 the person may not, 404 it is not there. */
export type RuleStatus = 403 | 404 | 409 | 412 | 422;

/** A sentence that a clerk understands, with one name. The HTTP problem and the spec title quote it. */
export interface Rule {
  /** `reading-ledger/a-case-stops-after-it-starts`; the last part of the problem's type URL. */
  readonly id: string;
  readonly sentence: string;
  readonly status: RuleStatus;
}

/** Thrown by a decider: nothing is recorded. */
export class RuleViolation extends Error {
  override readonly name = 'RuleViolation';
  constructor(
    readonly rule: Rule,
    /** JSON pointer of the field at fault, '' for the whole. */
    readonly pointer: string,
    readonly detail: string | undefined,
  ) {
    super(detail === undefined ? rule.sentence : `${rule.sentence} ${detail}`);
  }
}

const known = new Map<string, Rule>();
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

type Sentences = Readonly<Record<string, string | readonly [sentence: string, status: RuleStatus]>>;

/** Names the rules of one noun. A bare sentence answers 422; `[sentence, status]` says otherwise. */
export function defineRules<const Given extends Sentences>(
  noun: string,
  sentences: Given,
): { readonly [Name in keyof Given]: Rule } {
  const rules = Object.entries(sentences).map(([name, given]): [string, Rule] => {
    const [sentence, status] = typeof given === 'string' ? [given, 422 as const] : given;
    const rule: Rule = { id: `${noun}/${kebab(name)}`, sentence, status };
    known.set(rule.id, rule);
    return [name, rule];
  });
  return Object.fromEntries(rules) as { [Name in keyof Given]: Rule };
}

/** Refuses unless the rule holds. */
export function ensure(holds: boolean, rule: Rule, pointer = '', detail?: string): asserts holds {
  if (!holds) throw new RuleViolation(rule, pointer, detail);
}

/** Every rule of the modules that are loaded, by id: the catalogue behind `/v1/rules`. */
export const rulesById = (): ReadonlyMap<string, Rule> => known;
