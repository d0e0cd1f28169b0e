import 'reflect-metadata';
import { IsInt, IsString, Max, MaxLength, getMetadataStorage } from 'class-validator';
import { IntField, ListField, ObjectField } from '../doors/fields.js';
import { Problem } from '../problems/problem.js';
import { fieldsOf } from './validation.js';

class Named {
  @IsString()
  @MaxLength(3)
  name: string;
}

class Counted extends Named {
  @IsInt()
  @Max(10)
  count: number;
}

const refusalOf = (type: new () => object, value: unknown): unknown => {
  try {
    return fieldsOf(type, value);
  } catch (error) {
    return (error as Problem).errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
};

describe('the fields of a body', () => {
  it.each(['the first time', 'again'])('are held against the rules of its class and of those above it, %s', () => {
    expect(refusalOf(Counted, { name: 'Lynn', count: 11 })).toEqual([
      '/count count must not be greater than 10.',
      '/name name must be shorter than or equal to 3 characters.',
    ]);
    expect(refusalOf(Named, { name: 'Ayr', count: 1 })).toEqual(['/count count is not a field of this request.']);
    expect(refusalOf(Counted, { name: 'Ayr', count: 1 })).toEqual({ name: 'Ayr', count: 1 });
  });

  it('may be left out where they are optional, and are not null then', () => {
    class Sparse {
      @IntField('', { optional: true })
      count?: number;
      @ListField('', 'slug', { optional: true })
      names?: string[];
      @ObjectField('', () => Counted, { optional: true })
      counted?: Counted;
    }
    expect(refusalOf(Sparse, {})).toEqual({});
    expect(refusalOf(Sparse, { count: null, names: null, counted: null })).toEqual([
      '/count count is left out or has a value.',
      '/names names is left out or has a value.',
      '/counted counted is left out or has a value.',
    ]);
  });

  it('are checked without going through all classes of the program again', () => {
    const { validationMetadatas } = getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, unknown> };
    const entries = jest.spyOn(validationMetadatas, 'entries');
    for (let times = 0; times < 5; times++) fieldsOf(Counted, { name: 'Ayr', count: times });
    expect(entries).not.toHaveBeenCalled();
    entries.mockRestore();
  });
});
