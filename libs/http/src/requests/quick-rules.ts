import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

interface FieldRules {
  readonly name: string;
  /** Its rules count only while all of these hold. */
  readonly applies: readonly ((object: object, value: unknown) => boolean)[];
  readonly holds: readonly ((object: object, value: unknown) => unknown)[];
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
    if (applies.every((when) => when(document, value)) && !holds.every((rule) => rule(document, value) === true))
      return false;
  }
  return true;
}

/** Undefined for a class with rules that are more than a question about one field. */
function rulesOf(type: Type<object>): ClassRules | undefined {
  const storage = getMetadataStorage();
  const metadata = storage.getTargetValidationMetadatas(type, '', false, false);
  const isPlain = metadata.every(
    ({ type: kind, each, validateIf }) =>
      [ValidationTypes.CUSTOM_VALIDATION, ValidationTypes.CONDITIONAL_VALIDATION].includes(kind) &&
      !each &&
      validateIf === undefined,
  );
  if (metadata.length === 0 || !isPlain) return undefined;
  const fields = Object.entries(storage.groupByPropertyName(metadata)).map(([name, ofField]): FieldRules => ({
    name,
    applies: ofField.flatMap(({ type: kind, constraints }) =>
      kind === ValidationTypes.CONDITIONAL_VALIDATION ? [constraints[0] as FieldRules['applies'][number]] : [],
    ),
    holds: ofField.flatMap(({ type: kind, constraintCls, constraints }) =>
      kind === ValidationTypes.CONDITIONAL_VALIDATION
        ? []
        : storage.getTargetValidatorConstraints(constraintCls).map(({ instance }) => {
            const given = { targetName: type.name, property: name, constraints };
            return (object: object, value: unknown) =>
              instance.validate(value, { ...given, object, value } satisfies ValidationArguments);
          }),
    ),
  }));
  return { names: new Set(fields.map(({ name }) => name)), fields };
}
