import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { listLeftovers, removeLeftovers } from '../../src/broker/nats/leftovers.js';
import { describeOwner } from '../../src/broker/nats/mark.js';
import { openBus, openClient, event } from './nats-fixture.js';
import { describeOnNats, useServer } from './servers.js';

describeOnNats('leftovers', (binary) => {
  const server = useServer(binary);

  it('are the streams with both marks, each with its run and whether that still lives', async () => {
    const manager = await (await openClient(server().url)).jetstreamManager();
    const add = (name: string, description?: string) =>
      manager.streams.add({ name, subjects: [`${name}.>`], ...(description === undefined ? {} : { description }) });
    const ended = spawnSync(process.execPath, ['--version']).pid;
    await add('EVENTBUS_BENCH_crashed', describeOwner({ runId: 'crashed', host: hostname(), pid: ended }));
    await add('EVENTBUS_BENCH_far', describeOwner({ runId: 'far', host: `not-${hostname()}`, pid: process.pid }));
    await add('EVENTBUS_BENCH_by_hand');
    await add('EVENTBUS_BENCH_described', 'the benchmark of another team');
    await add('MY_EVENTBUS_BENCH_x', describeOwner({ runId: 'x', host: hostname(), pid: ended }));
    const { topology, publisher } = await openBus(server().connection, { runId: 'mine' });
    await publisher.publish(event(1));

    const leftovers = await listLeftovers(server().connection);
    expect([...leftovers].sort((a, b) => a.stream.localeCompare(b.stream))).toMatchObject([
      { stream: 'EVENTBUS_BENCH_crashed', runId: 'crashed', host: hostname(), pid: ended, run: 'ended', messages: 0 },
      { stream: 'EVENTBUS_BENCH_far', runId: 'far', run: 'unknown' },
      { stream: topology.stream.name, runId: 'mine', pid: process.pid, run: 'alive', messages: 1 },
    ]);
    for (const { ageMs } of leftovers) expect(ageMs).toBeGreaterThanOrEqual(0);

    const asked = ['EVENTBUS_BENCH_crashed', 'EVENTBUS_BENCH_described', 'MY_EVENTBUS_BENCH_x', 'EVENTBUS_BENCH_gone'];
    const removals = await removeLeftovers(
      server().connection,
      asked.map((stream) => ({ stream })),
    );
    expect(removals).toEqual([
      { stream: 'EVENTBUS_BENCH_crashed', outcome: 'removed' },
      { stream: 'EVENTBUS_BENCH_described', outcome: 'not ours' },
      { stream: 'MY_EVENTBUS_BENCH_x', outcome: 'not ours' },
      { stream: 'EVENTBUS_BENCH_gone', outcome: 'already gone' },
    ]);
    const left: string[] = [];
    for await (const name of manager.streams.names()) left.push(name);
    expect(left.sort()).toEqual([
      'EVENTBUS_BENCH_by_hand',
      'EVENTBUS_BENCH_described',
      'EVENTBUS_BENCH_far',
      'EVENTBUS_BENCH_mine',
      'MY_EVENTBUS_BENCH_x',
    ]);
  });
});
