import { Logs, Problem, RequestContext, Roles, problems, type CommandContext } from '@app/http';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { KeyRing, type ClosedEpoch, type KeyCounts } from '../keys/key-ring.js';

/** For the operator of the service: under which epoch the keys of people are, and the closing of one. */
@Controller('v1/operations/keys')
export class KeysEndpoint {
  constructor(
    private readonly keys: KeyRing,
    private readonly logs: Logs,
  ) {}

  @Get()
  @Roles('administrator', 'oversight')
  async get(): Promise<KeyCounts> {
    return this.keys.counts();
  }

  /** Answers when every key that stands is wrapped anew and the keys of older epochs are destroyed. */
  @Post('epochs/:epoch/closing')
  @HttpCode(200)
  @Roles('administrator')
  async close(@Param('epoch') given: string, @RequestContext() { principal }: CommandContext): Promise<ClosedEpoch> {
    const number = /^[1-9]\d{0,8}$/.test(given) ? Number(given) : Infinity;
    if (number > this.keys.epoch) throw new Problem(problems.notFound, `The newest epoch is ${this.keys.epoch}.`);
    const closed = await this.keys.closeEpoch(number);
    this.logs.info({ closed: number, ...closed, by: principal.person }, 'epoch of keys closed');
    return closed;
  }
}
