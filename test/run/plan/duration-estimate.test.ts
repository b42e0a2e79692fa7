import { describe, expect, it } from 'vitest';
import { natsConnectionOptions } from '../../../src/broker/nats/connecting/connection-options.js';
import { planRun } from '../../../src/run/plan/run-plan.js';
import type { ScenarioFlags } from '../../../src/scenario/flags.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';

const connections = { nats: null, kafka: null };
const named = natsConnectionOptions({ url: 'nats://127.0.0.1:4222' });

function estimate(flags: ScenarioFlags, input: Partial<Parameters<typeof planRun>[1]> = {}): number {
  const scenario = resolveScenario({ flags: { mode: 'single', ...flags }, strategies: strategyIds });
  return planRun(scenario, { connections, isTraced: true, ...input }).estimateMs;
}

describe('the estimate of a run', () => {
  it('grows with events and repeats', () => {
    const one = estimate({ versions: '1000' });
    expect(estimate({ versions: '10000' })).toBeGreaterThan(5 * one);
    expect(estimate({ versions: '1000', repeat: '10' })).toBeGreaterThan(5 * one);
    expect(estimate({ versions: '1000', maxViolations: '0', confidence: '95%', within: '5%' })).toBeGreaterThan(
      20 * one,
    );
  });

  it('counts warm-up rounds where there are any: on a server', () => {
    const nats = { broker: 'nats', versions: '1000' };
    expect(estimate({ ...nats, warmUp: '3' })).toBeGreaterThan(2 * estimate({ ...nats, warmUp: '0' }));
    expect(estimate({ warmUp: '3' })).toBe(estimate({ warmUp: '0' }));
  });

  it('is of the work on the simulator, where time is virtual: neither rate nor handler time count', () => {
    const usual = estimate({});
    expect(estimate({ rate: '10', handlerTime: '10s', disturb: 'crash:1m@50%' })).toBe(usual);
  });

  it('is of real time on a server: the rate, the handlers, and what stands still count', () => {
    const nats = { broker: 'nats' };
    expect(estimate({ ...nats, rate: '100' })).toBeGreaterThan(50_000);
    expect(estimate({ ...nats, handlerTime: '1s' })).toBeGreaterThan(50_000);
    expect(estimate({ ...nats, disturb: 'crash:1m@50%' })).toBeGreaterThan(60_000);
  });

  it('takes one handler at a time for strategies that have no more, and one event at a time where no more are let out', () => {
    const slow = { broker: 'nats', handlerTime: '10ms' };
    const pool = estimate({ ...slow, strategy: 'keyed-pool' });
    for (const strategy of ['serial', 'max-ack-pending-1']) {
      expect(estimate({ ...slow, strategy }), strategy).toBeGreaterThan(10 * pool);
    }
    const kafka = { broker: 'kafka', handlerTime: '10ms' };
    expect(estimate({ ...kafka, strategy: 'partition-serial' })).toBeGreaterThan(5 * estimate(kafka));
  });

  it('counts the start of a private server, and not of one that was named', () => {
    expect(estimate({ broker: 'nats' })).toBeGreaterThan(
      estimate({ broker: 'nats' }, { connections: { ...connections, nats: named } }),
    );
    expect(estimate({ broker: 'kafka' })).toBeGreaterThan(estimate({ broker: 'nats' }));
  });

  it('leaves out rows that cannot be run', () => {
    const refused = estimate({ broker: 'nats', strategy: 'pinned-client,serial', handlerTime: '10ms' });
    expect(refused).toBe(estimate({ broker: 'nats', strategy: 'serial', handlerTime: '10ms' }));
  });
});
