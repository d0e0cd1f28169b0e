import ts from 'typescript';
import { contextOf, libOf } from '../../architecture/places.js';

export type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema of what `JSON.stringify` makes of a value of a type; named types of the project become components. */
export class JsonSchemas {
  readonly components = new Map<string, Schema>();
  readonly #named = new Map<string, ts.Symbol>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly root: string,
  ) {}

  /** @throws Error when JSON cannot hold a value of the type, or two types of a context have the same name */
  of(type: ts.Type): Schema {
    const symbol = this.#nameOf(type);
    if (symbol === undefined) return this.#inline(type);
    const name = `${this.#libraryOf(symbol)}.${symbol.name}`;
    const known = this.#named.get(name);
    if (known !== undefined && known !== symbol) throw new Error(`Two types are called ${name}: rename one of them.`);
    if (known === undefined) {
      this.#named.set(name, symbol);
      this.components.set(name, { ...described(symbol, this.checker), ...this.#inline(type) });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Interfaces and aliases of the project that stand for objects; texts and generic ones are written where they are used. */
  #nameOf(type: ts.Type): ts.Symbol | undefined {
    const isGeneric = (type.aliasTypeArguments ?? []).length > 0;
    const symbol = isGeneric ? undefined : (type.aliasSymbol ?? type.symbol);
    if (symbol === undefined || !holdsObjects(type) || this.checker.isArrayType(type)) return undefined;
    const kinds = ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class;
    const isOurs = (symbol.flags & kinds) !== 0 && this.#libraryOf(symbol) !== undefined;
    const isInstantiated = (this.checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType).typeParameters;
    return isOurs && isInstantiated === undefined ? symbol : undefined;
  }

  #libraryOf(symbol: ts.Symbol): string | undefined {
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
    const path = file.startsWith(`${this.root}/`) ? file.slice(this.root.length + 1) : '';
    return contextOf(path) ?? libOf(path);
  }

  #inline(type: ts.Type): Schema {
    // Any value of JSON, as the schemas of stored events say it.
    if (type.aliasSymbol?.name === 'JSONType') return {};
    const simple = simpleSchema(type);
    if (simple !== undefined) return simple;
    if (type.isUnion()) return this.#union(type.types);
    const primitive = type.isIntersection() ? type.types.map(simpleSchema).find((one) => one !== undefined) : undefined;
    if (primitive !== undefined) return primitive;
    if (this.checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference);
    if (this.checker.isArrayType(type))
      return { type: 'array', items: this.of(this.checker.getTypeArguments(type as ts.TypeReference)[0]!) };
    const asJson = this.#toJson(type);
    if (asJson !== undefined)
      return type.symbol.name === 'Date' ? { type: 'string', format: 'date-time' } : this.of(asJson);
    return this.#object(type);
  }

  #union(types: readonly ts.Type[]): Schema {
    const present = types.filter((one) => (one.flags & ts.TypeFlags.Undefined) === 0);
    const literals = present.filter((one) => one.isStringLiteral()).map(({ value }) => value);
    const isLiteral = (one: ts.Type): boolean => one.isStringLiteral();
    const members = [
      ...(literals.length === 0 ? [] : [{ type: 'string', enum: literals.sort() }]),
      ...present.filter((one) => !isLiteral(one)).map((one) => this.of(one)),
    ];
    const different = [...new Map(members.map((schema) => [JSON.stringify(schema), schema])).values()];
    return different.length === 1 ? different[0]! : { anyOf: different };
  }

  #tuple(type: ts.TupleTypeReference): Schema {
    const items = this.checker.getTypeArguments(type).map((one) => this.of(one));
    return { type: 'array', prefixItems: items, minItems: type.target.minLength, items: false };
  }

  #object(type: ts.Type): Schema {
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const fields = this.checker.getPropertiesOfType(type).filter((field) => isWritten(field, this.checker));
    if (fields.length === 0)
      return { type: 'object', ...(index === undefined ? {} : { additionalProperties: this.of(index.type) }) };
    const required = fields.filter((field) => !this.#mayBeAbsent(field)).map(({ name }) => name);
    return {
      type: 'object',
      ...(required.length === 0 ? {} : { required }),
      properties: Object.fromEntries(
        fields.map((field) => {
          const schema = this.of(this.#present(this.checker.getTypeOfSymbol(field)));
          return [field.name, { ...described(field, this.checker), ...schema }];
        }),
      ),
      ...(index === undefined ? {} : { additionalProperties: this.of(index.type) }),
    };
  }

  #mayBeAbsent(field: ts.Symbol): boolean {
    const type = this.checker.getTypeOfSymbol(field);
    const parts = type.isUnion() ? type.types : [type];
    return (
      (field.flags & ts.SymbolFlags.Optional) !== 0 || parts.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0)
    );
  }

  /** Without the `undefined` of a field that may be left out, so that what is left keeps its name. */
  #present(type: ts.Type): ts.Type {
    if (!type.isUnion() || !type.types.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0)) return type;
    const rest = type.types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
    return rest.length === 1 ? rest[0]! : type;
  }

  #toJson(type: ts.Type): ts.Type | undefined {
    const method = this.checker.getPropertyOfType(type, 'toJSON');
    const [signature] = method === undefined ? [] : this.checker.getTypeOfSymbol(method).getCallSignatures();
    return signature?.getReturnType();
  }
}

function simpleSchema(type: ts.Type): Schema | undefined {
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
  if (flags & ts.TypeFlags.Null) return { type: 'null' };
  if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
  if (flags & ts.TypeFlags.BooleanLiteral) return { type: 'boolean' };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
  if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
  if (flags & (ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike)) throw new Error('JSON has no such value.');
  return undefined;
}

function holdsObjects(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some(holdsObjects);
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 && simpleSchema(type) === undefined;
}

/** JSON has no methods, no accessors and nothing private. */
const isWritten = (field: ts.Symbol, checker: ts.TypeChecker): boolean =>
  (field.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)) === 0 &&
  !isPrivateName(field.valueDeclaration) &&
  checker.getTypeOfSymbol(field).getCallSignatures().length === 0;

const isPrivateName = (declaration: ts.Declaration | undefined): boolean =>
  declaration !== undefined && ts.isPropertyDeclaration(declaration) && ts.isPrivateIdentifier(declaration.name);

function described(symbol: ts.Symbol, checker: ts.TypeChecker): Schema {
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return words === '' ? {} : { description: words };
}
