/** What a slice needs to know of the noun that it belongs to. */
export interface Noun {
  readonly context: string;
  /** `compliance-period`. */
  readonly name: string;
  /** Exported names: `compliancePeriod`, `CompliancePeriodState`, `CompliancePeriodEvent`. */
  readonly aggregate: string;
  readonly state: string;
  readonly event: string;
  /** One example of an event, by its exported name. */
  readonly example: { readonly name: string; readonly type: string };
  /** Address of one of them: `v1/agencies/:agency/agreements/:agreement`. */
  readonly address: string;
}

/** Files by name. */
export type Files = Readonly<Record<string, string>>;

const camel = (kebab: string): string => kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (kebab: string): string => camel(kebab).replace(/^\w/, (letter) => letter.toUpperCase());
const words = (kebab: string): string => kebab.replaceAll('-', ' ');

/** Idea, door and spec of a verb. The spec is red until the idea decides something. */
export function commandSlice({ name, aggregate, state, event, example, address }: Noun, verb: string): Files {
  const [command, decide] = [pascal(verb), camel(verb)];
  const parameters = [...address.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter!);
  const id = parameters.at(-1)!;
  const others = parameters.slice(0, -1).filter((parameter) => parameter !== 'agency');
  const taken = [...new Set(['agency', ...others, id])];
  const location = address.replace(/:(\w+)/g, (_, parameter: string) => `\${${parameter}}`);
  return {
    [`${verb}.ts`]: `
import { Command, type Decide } from '@app/kernel';
import type { ${event} } from '../${name}.events.js';
import type { ${state} } from '../${name}.state.js';

export class ${command} extends Command<{ readonly reason: string }> {}

export const ${decide}: Decide<${command}, ${state}, ${event}> = (_command, _state) => [];
`,
    [`${verb}.endpoint.ts`]: `
import { handles } from '@app/event-store';
import { Commands, RequestContext, Roles, TextField, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ${aggregate} } from '../${name}.state.js';
import { ${command}, ${decide} } from './${verb}.js';

export const ${command}Handler = handles(${command}, ${aggregate}, ${decide});

export class ${command}Body {
  @TextField('Reason', { maxLength: 500 })
  reason: string;
}

@Controller('${address}/${verb}')
export class ${command}Endpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    ${taken.map((parameter) => `@Param('${parameter}') ${parameter}: string,`).join('\n')}
    @Body() body: ${command}Body,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ${command}(agency, ${others.length === 0 ? id : `\`${[...others, id].map((one) => `\${${one}}`).join('/')}\``}, body, metadata);
    return accepted(await this.commands.execute(command), \`/${location}\`, false);
  }
}
`,
    [`${verb}.spec.ts`]: `
import { specFor } from '@app/testing';
import { ${example.name} } from '../${name}.examples.js';
import { ${aggregate} } from '../${name}.state.js';
import { ${command}, ${decide} } from './${verb}.js';

const { given } = specFor(${aggregate}, ${command}, ${decide});
const asked = { reason: 'As decided' };

describe('${words(verb)}', () => {
  it('is recorded', () => given().when(asked).then(${example.name}));
  it('sent twice, nothing happens', () => given(${example.name}).when(asked).then());
});
`,
  };
}

/** Fold, door and spec of a read model with one document for each `<agency>/<id>` of its noun. */
export function readModelSlice({ name: noun, event, example }: Noun, name: string): Files {
  const [view, document] = [camel(name), `${pascal(name)}Document`];
  return {
    [`${name}.ts`]: `
import { defineProjection } from '@app/projections';
import type { ${event} } from '../../${noun}/${noun}.events.js';

export interface ${document} {
  /** \`<agency>/<id>\`. */
  readonly _id: string;
  readonly agency: string;
}

export const ${view} = defineProjection<${document}, ${event}>({
  name: '${name}',
  version: 1,
  indexes: [{ key: { agency: 1, _id: 1 } }],
  documentId: ({ stream }) => \`\${stream.tenant}/\${stream.id}\`,
  on: {
    ${example.type}: (_document, { stream }, _id) => ({ _id, agency: stream.tenant }),
  },
});
`,
    [`${name}.endpoint.ts`]: `
import { PageQuery, Roles, page } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ${view}, type ${document} } from './${name}.js';

@Controller('v1/agencies/:agency/${name}')
export class ${pascal(name)}Endpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles('administrator')
  async get(
    @Param('agency') agency: string,
    @Query() query: PageQuery,
  ): Promise<{ readonly rows: readonly ${document}[]; readonly next?: string }> {
    const { items, next } = await page(
      query,
      (after, limit) => {
        const filter: Filter<${document}> = {
          agency,
          ...(after === undefined ? {} : { _id: { $gt: String(after[0]) } }),
        };
        return this.readModels.collection(${view}).find(filter).sort({ _id: 1 }).limit(limit).toArray();
      },
      ({ _id }) => [_id],
    );
    return { rows: items, ...(next === undefined ? {} : { next }) };
  }
}
`,
    [`${name}.spec.ts`]: `
import type { RecordedEvent } from '@app/kernel';
import { ${example.name} } from '../../${noun}/${noun}.examples.js';
import { ${view} } from './${name}.js';

describe('${words(name)}', () => {
  it('has a document from ${example.type} on', () => {
    const stream = { category: '${noun}', tenant: 'boston', id: 'one' };
    const event = { ...${example.name}, stream } as unknown as RecordedEvent;
    expect(${view}.on['${example.type}']!(undefined, event, 'boston/one')).toEqual({
      _id: 'boston/one',
      agency: 'boston',
    });
  });
});
`,
  };
}
