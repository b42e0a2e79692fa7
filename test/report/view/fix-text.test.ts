/** The fix at the top of a report: none is named that another row of the same report refutes. */
import { noneExplained } from '../../../src/domain/report/anomaly-signature.js';
import { describe, expect, it } from 'vitest';
import type { Cause, RunRow } from '../../../src/domain/report/run-report.js';
import { fixTexts } from '../../../src/report/view/fix-text.js';
import { row, violatedRow } from '../fixtures.js';

const cause = (id: string, kind: Cause['remedy']['kind']): Cause => ({
  id,
  explains: { ...noneExplained(), regressions: 1 },
  latent: false,
  confidence: 'certain',
  evidence: [],
  refutes: [],
  remedy: { kind, detail: null },
  witnesses: [],
});
const shared = cause('shared-durable', 'durable-per-topic');
const publishers = cause('concurrent-publishers', 'one-publisher');
const named = (worst: RunRow) => ({ label: worst.id.replace(/#\d+$/, ''), worst });

describe('the fix of a violated row', () => {
  const broken = violatedRow('multi/shared#1', { durable: 'shared' });

  it('is the remedy of its first cause where the rows that have it keep order', () => {
    const all = [broken, row('multi/per-topic#1', { durable: 'per-topic' }), row('single#1')].map(named);
    expect(fixTexts(broken, [shared], all)).toEqual([expect.stringContaining('a durable per topic')]);
  });

  it('is that of the next cause where a row that has the first one is violated too', () => {
    const all = [broken, violatedRow('single#1', { mode: 'single', durable: null })].map(named);
    expect(fixTexts(broken, [shared, publishers], all)).toEqual([
      'one publisher for each aggregate, which waits for each ack',
    ]);
  });

  it('is that of each certain cause, and the same one once', () => {
    const all = [broken, row('single#1')].map(named);
    const causes = [cause('nak-behind-batch', 'retry-in-place'), publishers, cause('give-back', 'retry-in-place')];
    expect(fixTexts(broken, causes, all)).toEqual([
      expect.stringContaining('failed events tried again in their lane'),
      expect.stringContaining('one publisher for each aggregate'),
    ]);
  });

  it('is not that of a further cause which is not certain', () => {
    const [first, second] = [
      { ...shared, confidence: 'likely' },
      { ...publishers, confidence: 'likely' },
    ] as const;
    expect(fixTexts(broken, [first, second], [])).toHaveLength(1);
    expect(fixTexts(broken, [first, publishers], [])).toHaveLength(2);
  });

  it('is not known where every remedy is refuted, and says by which rows', () => {
    const all = [broken, violatedRow('single#1', { mode: 'single', durable: null })].map(named);
    expect(fixTexts(broken, [shared], all)).toEqual(['not known: single is violated too']);
  });

  it('is not refuted by a row on another broker', () => {
    const elsewhere = { kind: 'nats', version: null, url: null };
    const all = [broken, violatedRow('nats:single#1', { mode: 'single', durable: null, broker: elsewhere })].map(named);
    expect(fixTexts(broken, [shared], all)).toEqual([expect.stringContaining('a durable per topic')]);
  });
});
