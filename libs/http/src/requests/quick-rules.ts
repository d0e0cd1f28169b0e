import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes, type MetadataStorage, type ValidationArguments } from 'class-validator';

type ValidationMetadata = ReturnType<MetadataStorage['getTargetValidationMetadatas']>[number];
type Question = (object: object, value: unknown) => unknown;

interface FieldRules {
  readonly name: string;
  /** The others count only while all of these hold. */
  readonly applies: readonly Question[];
  readonly holds: readonly Question[];
}

interface ClassRules {
  readonly names: ReadonlySet<string>;
  readonly fields: readonly FieldRules[];
}

const known = new WeakMap<Type<object>, ClassRules | undefined>();

/**
 * Whether a document has no fields but those of the class and keeps their rules. The validator writes a report of every field
 * for that, which takes several times as long. False says nothing: then the validator is asked, and says what is wrong.
 */
export function keepsRules(type: Type<object>, document: object): boolean {
  if (!known.has(type)) known.set(type, rulesOf(type));
  const rules = known.get(type);
  if (rules === undefined) return false;
  for (const name of Object.keys(document)) if (!rules.names.has(name)) return false;
  for (const { name, applies, holds } of rules.fields) {
    const value = (document as Record<string, unknown>)[name];
    if (
      applies.every((when) => Boolean(when(document, value))) &&
      !holds.every((rule) => rule(document, value) === true)
    )
      return false;
  }
  return true;
}

/** Undefined for a class with rules that are more than a question about one field. */
function rulesOf(type: Type<object>): ClassRules | undefined {
  const storage = getMetadataStorage();
  const metadata = storage.getTargetValidationMetadatas(type, '', false, false);
  const isPlain = ({ type: kind, each, validateIf }: ValidationMetadata): boolean =>
    plainKinds.includes(kind) && !each && validateIf === undefined;
  if (metadata.length === 0 || !metadata.every(isPlain)) return undefined;
  const fields = Object.entries(storage.groupByPropertyName(metadata)).map(([name, ofField]): FieldRules => {
    const conditions = ofField.filter(isCondition);
    const rules = ofField.filter((rule) => !isCondition(rule));
    return {
      name,
      applies: conditions.map(({ constraints }) => constraints[0] as Question),
      holds: rules.flatMap(questions),
    };
  });
  return { names: new Set(fields.map(({ name }) => name)), fields };
}

const plainKinds: readonly string[] = [ValidationTypes.CUSTOM_VALIDATION, ValidationTypes.CONDITIONAL_VALIDATION];
const isCondition = ({ type }: ValidationMetadata): boolean => type === ValidationTypes.CONDITIONAL_VALIDATION;

function questions({ target, propertyName, constraintCls, constraints }: ValidationMetadata): readonly Question[] {
  const targetName = typeof target === 'string' ? target : target.name;
  // Asked for each field of each request: one object for all answers.
  const asked: ValidationArguments = { targetName, property: propertyName, constraints, object: {}, value: undefined };
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => (object, value) => {
      asked.object = object;
      asked.value = value;
      return instance.validate(value, asked);
    });
}
