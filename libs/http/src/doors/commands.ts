import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Accepted, Command } from '@app/kernel';

/** The way from a door to a decision. */
@Injectable()
export class Commands {
  constructor(private readonly bus: CommandBus) {}

  async execute(command: Command): Promise<Accepted> {
    return this.bus.execute<Command, Accepted>(command);
  }
}
