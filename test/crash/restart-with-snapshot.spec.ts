import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreement, type AgreementEvent } from '@app/agreements/events';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, StreamDecider } from '@app/event-store';
import { Command, uuidV5 } from '@app/kernel';
import { exampleMetadata } from '@app/testing';

class Write extends Command<AgreementEvent> {}

const drafted: AgreementEvent = {
  type: 'AgreementDrafted',
  data: { title: 'Street services', kind: 'SLA', serviceIds: ['s'], disputeWindowDays: 10, author: 'p-clerk' },
};

it('after a restart a long agreement is loaded from its snapshot and the few events behind it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'restart-with-snapshot-'));
  const before = await startEmbeddedEventStore({ dataDir: folder });
  const log = EventLog.connect(before.connectionString);
  const decider = new StreamDecider(log);
  const write = (step: number, event: AgreementEvent) => {
    const commandId = uuidV5('6f0c3a52-5a0f-5c7e-9d3b-7d1b6a0f2e11', `${step}`);
    const command = new Write('boston', 'streets', event, { ...exampleMetadata, commandId });
    return decider.execute(agreement, command, ({ data }) => [data], undefined);
  };
  await write(0, drafted);
  for (let step = 1; step < 120; step++)
    await write(step, { type: 'ReviewScheduleSet', data: { everyMonths: step, firstReviewOn: '2012-07-01' } });
  const written = await decider.load(agreement, 'boston', 'streets');
  await log.close();
  await before.close();

  const after = await startEmbeddedEventStore({ dataDir: folder });
  const fresh = EventLog.connect(after.connectionString);
  let read = 0;
  const counting = {
    ...agreement,
    evolve: (...given: Parameters<typeof agreement.evolve>) => {
      read += 1;
      return agreement.evolve(...given);
    },
  };
  expect(await new StreamDecider(fresh).load(counting, 'boston', 'streets')).toEqual(written);
  expect(read).toBeLessThan(70);
  await fresh.close();
  await after.close();
  rmSync(folder, { recursive: true });
});
