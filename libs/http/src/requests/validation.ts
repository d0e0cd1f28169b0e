import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import * as transformerPackage from 'class-transformer';
import * as validatorPackage from 'class-validator';
import { Problem, problemAt, problems, type ProblemEntry } from '../problems/problem.js';
import { keepsRules } from './quick-rules.js';

const strict: validatorPackage.ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
};

rememberRules(validatorPackage.getMetadataStorage());

/** Bodies and queries hold what their class declares, and nothing else. */
export class FieldsPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !isClass(metatype)) return value;
    if (type === 'query') return queryOf(metatype, value);
    if (value === null || Array.isArray(value)) {
      throw new Problem(problems.invalidFields, 'The body is one JSON object.', [
        { pointer: '', detail: 'It is one JSON object.', rule: problems.invalidFields.id },
      ]);
    }
    return fieldsOf(metatype, value ?? {});
  }
}

function queryOf(type: Type<object>, value: unknown): object {
  try {
    return fieldsOf(type, value);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = error.errors.map((entry) => ({ ...entry, pointer: `?${entry.pointer.slice(1)}` }));
    throw new Problem(error.kind, error.detail, errors);
  }
}

const transformOptions = { exposeUnsetFields: false };

/**
 * The validator goes through all classes of the program for each object that it checks. What it finds for a class stays
 * the same, as no door uses its groups or schemas.
 */
function rememberRules(storage: validatorPackage.MetadataStorage): void {
  const known = new WeakMap<object, ReturnType<typeof find>>();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  storage.getTargetValidationMetadatas = (type, ...options) => {
    const rules = known.get(type) ?? find(type, ...options);
    known.set(type, rules);
    return rules;
  };
}

const isClass = (type: unknown): type is Type<object> =>
  typeof type === 'function' && ![Object, String, Number, Boolean, Array].includes(type as never);

/** For lines of an upload: the same checks as for a body. */
export function fieldsOf<Body extends object>(type: Type<Body>, value: unknown): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem(problems.invalidFields, 'A line is one JSON object.');
  }
  refuseInheritedNames(value);
  // What turns a text into another type leaves a value that fits already as it is.
  if (keepsRules(type, value)) return Object.assign(new type(), value);
  const body = transformerPackage.plainToInstance(type, value, transformOptions);
  const errors = validatorPackage.validateSync(body, strict);
  if (errors.length > 0) throw fieldProblem(errors, '/');
  return body;
}

/**
 * The validator looks names up in an object, so it takes `toString` and whatever else every object has for a declared
 * field. Depth is bounded by the JSON reader.
 */
function refuseInheritedNames(value: unknown, prefix = '/'): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, entry] of Object.entries(value)) {
    if (name in Object.prototype) {
      const detail = `${name} is not a field of this request.`;
      throw problemAt(problems.invalidFields, `${prefix}${name}`, detail);
    }
    refuseInheritedNames(entry, `${prefix}${name}/`);
  }
}

function fieldProblem(errors: readonly validatorPackage.ValidationError[], prefix: string): Problem {
  const entries = entriesOf(errors, prefix);
  const fields = [...new Set(entries.map(({ pointer }) => pointer))].join(', ');
  return new Problem(problems.invalidFields, `Look at ${fields}.`, entries);
}

function entriesOf(errors: readonly validatorPackage.ValidationError[], prefix: string): ProblemEntry[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const pointer = `${prefix}${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.entries(constraints).map(([name, message]) => ({
      pointer,
      detail: name === 'whitelistValidation' ? `${property} is not a field of this request.` : sentence(message),
      rule: problems.invalidFields.id,
    }));
    return [...own, ...entriesOf(children, `${pointer}/`)];
  });
}

const sentence = (message: string): string => (message.endsWith('.') ? message : `${message}.`);
