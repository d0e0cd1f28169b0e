// least-service.mjs <event store> : the frameworks of the command side and nothing of its own - a door of Nest on Fastify, a
// validated body, the command bus, one append by the plain client. What it cannot do, no service on these frameworks can.
import 'reflect-metadata';
import { EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { Body, Controller, Module, Param, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsString, Matches } from 'class-validator';

const client = EventStoreDBClient.connectionString(process.argv[2]);
const revisions = new Map();
let like;

class Assign {
  constructor(indicator, body) {
    Object.assign(this, { indicator, body });
  }
}

class AssignHandler {
  async execute({ indicator, body }) {
    const stream = `least-${indicator}`;
    const expectedRevision = revisions.get(stream) ?? NO_STREAM;
    const event = jsonEvent({ type: like.type, data: { ...like.data, ...body }, metadata: like.metadata });
    const { nextExpectedRevision } = await client.appendToStream(stream, [event], { expectedRevision });
    revisions.set(stream, nextExpectedRevision);
    return { id: indicator, revision: String(nextExpectedRevision) };
  }
}
CommandHandler(Assign)(AssignHandler);

class OwnerBody {}
for (const [field, form] of [
  ['person', /^p-[0-9a-f]{40}$/],
  ['from', /^\d{4}-\d{2}-\d{2}$/],
]) {
  IsString()(OwnerBody.prototype, field);
  Matches(form)(OwnerBody.prototype, field);
}

class Endpoint {
  constructor(bus) {
    this.bus = bus;
  }
  /** The event that the service has stored, so that this one writes as much. */
  storesLike(body) {
    like = body;
    return {};
  }
  assign(indicator, body) {
    return this.bus.execute(new Assign(indicator, body));
  }
}
const door = (name, path, types) => {
  const method = Object.getOwnPropertyDescriptor(Endpoint.prototype, name);
  Reflect.defineMetadata('design:paramtypes', types, Endpoint.prototype, name);
  Post(path)(Endpoint.prototype, name, method);
};
door('storesLike', 'like', [Object]);
Body()(Endpoint.prototype, 'storesLike', 0);
door('assign', ':indicator/owner', [String, OwnerBody]);
Param('indicator')(Endpoint.prototype, 'assign', 0);
Body()(Endpoint.prototype, 'assign', 1);
Reflect.defineMetadata('design:paramtypes', [CommandBus], Endpoint);
Controller('v1/agencies/bench/indicators')(Endpoint);

class LeastModule {}
Module({ imports: [CqrsModule.forRoot()], controllers: [Endpoint], providers: [AssignHandler] })(LeastModule);

const app = await NestFactory.create(LeastModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await app.listen(0, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`${await app.getUrl()}\n`);
