import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { isDecimalText, isOffsetDateTime } from '@app/kernel';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

export interface FieldOptions {
  /** The field may be left out; `null` is refused either way. */
  readonly optional?: boolean;
  readonly example?: unknown;
  /** Query parameters are text: turn it into the type of the field first. */
  readonly query?: boolean;
}
type Class = abstract new (...args: never[]) => object;

/** Not `IsOptional` of class-validator, which lets null pass too: null is not the same as left out. */
const mayBeLeftOut = (): readonly PropertyDecorator[] => [
  ValidateIf((_object, value) => value !== undefined),
  says('isNotNull', (value) => value !== null, '$property is left out or has a value'),
];

function field(
  description: string,
  schema: ApiPropertyOptions,
  { optional = false, example }: FieldOptions,
  ...validators: PropertyDecorator[]
): PropertyDecorator {
  return applyDecorators(
    ...(optional ? mayBeLeftOut() : []),
    ...validators,
    ApiProperty({
      description,
      required: !optional,
      ...schema,
      ...(example === undefined ? {} : { example }),
    } as ApiPropertyOptions),
  );
}

const says = (name: string, holds: (value: unknown) => boolean, message: string): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: holds, defaultMessage: () => message } });

const text = (pattern: (value: string) => boolean) => (value: unknown) => typeof value === 'string' && pattern(value);

/** Free text without control characters: at least one character unless `minLength` is 0. */
export function TextField(
  description: string,
  options: FieldOptions & { minLength?: number; maxLength?: number; pattern?: RegExp } = {},
): PropertyDecorator {
  const { minLength = 1, maxLength = 1000, pattern } = options;
  return field(
    description,
    { type: 'string', minLength, maxLength, ...(pattern === undefined ? {} : { pattern: pattern.source }) },
    options,
    IsString({ message: '$property is text' }),
    MinLength(minLength, { message: '$property has at least $constraint1 characters' }),
    MaxLength(maxLength, { message: '$property has at most $constraint1 characters' }),
    says(
      'hasNoControlCharacters',
      (value) => typeof value !== 'string' || !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value),
      '$property has no control characters',
    ),
    ...(pattern === undefined ? [] : [Matches(pattern, { message: `$property looks like ${pattern.source}` })]),
  );
}

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A short name that is part of addresses and stream names. */
export const isSlug = (value: string): boolean => value.length <= 64 && slug.test(value);

export const SlugField = (description: string, options: FieldOptions = {}): PropertyDecorator =>
  field(
    description,
    { type: 'string', maxLength: 64, pattern: slug.source },
    options,
    says('isSlug', text(isSlug), '$property is small letters, digits and single hyphens, at most 64'),
  );

/** An identifier given by somebody else's system: no spaces at the ends, no control characters. */
export const IdField = (
  description: string,
  options: FieldOptions & { maxLength?: number } = {},
): PropertyDecorator => {
  const { maxLength = 128 } = options;
  return field(
    description,
    { type: 'string', minLength: 1, maxLength },
    options,
    says(
      'isIdentifier',
      text((value) => value.length > 0 && value.length <= maxLength && /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(value)),
      `$property is 1 to ${maxLength} characters without spaces`,
    ),
  );
};

export function IntField(
  description: string,
  options: FieldOptions & { min?: number; max?: number } = {},
): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  return field(
    description,
    {
      type: 'integer',
      ...(options.min === undefined ? {} : { minimum: min }),
      ...(options.max === undefined ? {} : { maximum: max }),
    },
    options,
    ...(options.query
      ? [Transform(({ value }: { value: unknown }) => (/^-?\d+$/.test(String(value)) ? Number(value) : value))]
      : []),
    IsInt({ message: '$property is a whole number' }),
    Min(min, { message: '$property is at least $constraint1' }),
    Max(max, { message: '$property is at most $constraint1' }),
  );
}

/** Exact decimal as text, such as "75.5": never a JSON number, which would be a float. */
export const DecimalField = (description: string, options: FieldOptions = {}): PropertyDecorator =>
  field(
    description,
    { type: 'string', format: 'decimal', pattern: '^-?(0|[1-9]\\d{0,29})(\\.\\d{1,30})?$' },
    options,
    says('isDecimalText', text(isDecimalText), '$property is a decimal number as text, such as "75.5"'),
  );

const isCalendarDate = (value: string): boolean =>
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value) && isOffsetDateTime(`${value}T00:00:00Z`);

export const DateField = (description: string, options: FieldOptions = {}): PropertyDecorator =>
  field(
    description,
    { type: 'string', format: 'date' },
    options,
    says('isCalendarDate', text(isCalendarDate), '$property is a calendar date, such as 2011-07-01'),
  );

export const OffsetDateTimeField = (description: string, options: FieldOptions = {}): PropertyDecorator =>
  field(
    description,
    { type: 'string', format: 'date-time' },
    options,
    says(
      'isOffsetDateTime',
      text(isOffsetDateTime),
      '$property is a date and time with seconds and offset, such as 2011-07-01T01:32:33-04:00',
    ),
  );

export const EnumField = (
  description: string,
  values: readonly string[],
  options: FieldOptions = {},
): PropertyDecorator =>
  field(
    description,
    { type: 'string', enum: [...values] },
    options,
    IsIn([...values], { message: `$property is one of ${values.join(', ')}` }),
  );

export const FlagField = (description: string, options: FieldOptions = {}): PropertyDecorator =>
  field(
    description,
    { type: 'boolean' },
    options,
    ...(options.query
      ? [Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))]
      : []),
    IsBoolean({ message: '$property is true or false' }),
  );

export function ObjectField(description: string, type: () => Class, options: FieldOptions = {}): PropertyDecorator {
  return field(
    description,
    { type: type as () => never },
    options,
    IsObject({ message: '$property is an object' }),
    ValidateNested(),
    Type(type),
  );
}

/** A list of objects (`() => Cls`) or of short texts (`'text'`, `'slug'`, `'date'`, `'decimal'`, or the values allowed). */
export function ListField(
  description: string,
  of: (() => Class) | 'text' | 'slug' | 'date' | 'decimal' | readonly string[],
  options: FieldOptions & { minItems?: number; maxItems?: number } = {},
): PropertyDecorator {
  const { minItems = 0, maxItems = 1000 } = options;
  const size = [
    ...(options.query
      ? [Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))]
      : []),
    IsArray({ message: '$property is a list' }),
    ArrayMinSize(minItems, { message: '$property has at least $constraint1 entries' }),
    ArrayMaxSize(maxItems, { message: '$property has at most $constraint1 entries' }),
  ];
  if (typeof of === 'function') {
    return field(
      description,
      { type: of as () => never, isArray: true, minItems, maxItems },
      options,
      ...size,
      IsObject({ each: true, message: '$property has objects only' }),
      ValidateNested({ each: true }),
      Type(of),
    );
  }
  const [items, holds, sentence] = listItem(of);
  return field(
    description,
    { type: 'array', items, minItems, maxItems },
    options,
    ...size,
    ValidateBy(
      { name: 'everyEntry', validator: { validate: text(holds), defaultMessage: () => sentence } },
      { each: true },
    ),
  );
}

type Item = [schema: Record<string, unknown>, holds: (value: string) => boolean, sentence: string];

function listItem(of: 'text' | 'slug' | 'date' | 'decimal' | readonly string[]): Item {
  if (typeof of !== 'string') {
    return [
      { type: 'string', enum: [...of] },
      (value) => of.includes(value),
      `every entry of $property is one of ${of.join(', ')}`,
    ];
  }
  const items: Record<typeof of, Item> = {
    text: [
      { type: 'string', maxLength: 1000 },
      (value) => value.length > 0 && value.length <= 1000,
      'every entry of $property is text of 1 to 1000 characters',
    ],
    slug: [
      { type: 'string', pattern: slug.source },
      isSlug,
      'every entry of $property is small letters, digits and single hyphens',
    ],
    date: [{ type: 'string', format: 'date' }, isCalendarDate, 'every entry of $property is a calendar date'],
    decimal: [
      { type: 'string', format: 'decimal' },
      isDecimalText,
      'every entry of $property is a decimal number as text',
    ],
  };
  return items[of];
}

/** An object whose keys are the caller's, such as the dimensions of a reading: short text values only. */
export const TextMapField = (
  description: string,
  options: FieldOptions & { maxEntries?: number; maxLength?: number } = {},
): PropertyDecorator => {
  const { maxEntries = 32, maxLength = 200 } = options;
  return field(
    description,
    { type: 'object', additionalProperties: { type: 'string', maxLength }, maxProperties: maxEntries },
    options,
    says(
      'isTextMap',
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length <= maxEntries &&
        Object.values(value).every((entry) => typeof entry === 'string' && entry.length <= maxLength),
      `$property is an object of at most ${maxEntries} texts of at most ${maxLength} characters`,
    ),
  );
};
