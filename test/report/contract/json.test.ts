/** The same content gives the same bytes, and nothing that JSON cannot hold gets into it. */
import { noneExplained } from '../../../src/domain/report/anomaly-signature.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/domain/report/run-report.js';
import { renderJson } from '../../../src/report/contract/json.js';
import { withWords } from '../../../src/report/contract/with-words.js';
import { goldenCases } from '../../golden/cases.js';
import { report, row, scenario, sharedSource, threeModes } from '../fixtures.js';

/** The value with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, reversed(child)]),
  );
}

const luckyRow = row('multi/shared#1', {
  outcome: 'inconclusive',
  reasons: [sharedSource(31, 40)],
  causes: [
    {
      id: 'shared-durable',
      explains: noneExplained(),
      latent: true,
      confidence: 'certain',
      evidence: [{ claim: 'misroutes', count: 803, of: 1000, detail: null }],
      refutes: [],
      remedy: { kind: 'durable-per-topic', detail: null },
      witnesses: [],
    },
  ],
});

describe('renderJson', () => {
  it('begins with the schema version, is indented by two and ends in a newline', () => {
    const text = renderJson(threeModes());
    expect(text.startsWith('{\n  "schemaVersion": "2.0",\n  "tool": {\n    "name": "eventbus-bench",')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it.each(goldenCases.map((golden) => [golden.name, golden.report] as const))(
    'writes %s the same whatever order it was put together in',
    (_, given) => {
      expect(renderJson(reversed(given) as RunReport)).toBe(renderJson(given));
    },
  );

  it('orders the fields of every kind of publish mode', () => {
    const windowed = report([], { scenario: { ...scenario, publish: { kind: 'async', window: 8 } } });
    expect(renderJson(reversed(windowed) as RunReport)).toBe(renderJson(windowed));
  });

  it('changes nothing but the order, and adds words to data', () => {
    expect(JSON.parse(renderJson(threeModes()))).toEqual(withWords(threeModes()));
  });

  it('says a reason, a claim and a remedy in words beside their data, each with its command', () => {
    const { runs } = JSON.parse(renderJson(report([luckyRow], { scenario: { ...scenario, expect: {} } }))) as {
      runs: unknown[];
    };
    expect(runs[0]).toMatchObject({
      reasons: [
        {
          ...{ kind: 'latent', of: 'shared-source', detail: null },
          numbers: { inFlightPairs: 40, splitPairs: 31, sharedAggregates: 0 },
          text: expect.stringMatching(/^order held, but nothing guarantees it: several subscriptions/) as string,
          decisive: 'eventbus-bench run --topics 5 --seed 42 --mode multi/per-topic --strategy keyed-pool',
        },
      ],
      causes: [
        {
          evidence: [
            { claim: 'misroutes', count: 803, of: 1000, text: expect.stringMatching(/^80 % of deliveries/) as string },
          ],
          remedy: {
            kind: 'durable-per-topic',
            anyBus: expect.stringMatching(/^give every subscription a durable of its own/) as string,
            here: 'eventbus-bench run --topics 5 --seed 42 --mode multi/per-topic --strategy keyed-pool',
          },
        },
      ],
    });
  });

  it('keeps fields that the contract does not have, behind those that it has', () => {
    const [first] = threeModes().runs;
    const text = renderJson(report([{ added: 1, ...first! } as typeof first & object]));
    expect(text.indexOf('"added": 1')).toBeGreaterThan(text.indexOf('"error": null'));
  });

  it('writes null for what is not finite', () => {
    const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0));
    fc.assert(
      fc.property(anyNumber, (value) => {
        const text = renderJson(report([row('single#1', { durationMs: value })]));
        const { durationMs } = (JSON.parse(text) as RunReport).runs[0]!;
        expect(durationMs).toBe(Number.isFinite(value) ? value + 0 : null);
      }),
    );
  });
});
