/** The fix at the top of a report: none is named that another row of the same report refutes. */
import { noneExplained } from '../../../src/domain/report/anomaly-signature.js';
import { describe, expect, it } from 'vitest';
import type { Cause, RunRow } from '../../../src/domain/report/run-report.js';
import { fixText } from '../../../src/report/view/fix-text.js';
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
    expect(fixText(broken, [shared, publishers], all)).toContain('a durable per topic');
  });

  it('is that of the next cause where a row that has the first one is violated too', () => {
    const all = [broken, violatedRow('single#1', { mode: 'single', durable: null })].map(named);
    expect(fixText(broken, [shared, publishers], all)).toBe(
      'one publisher for each aggregate, which waits for each ack',
    );
  });

  it('is not known where every remedy is refuted, and says by which rows', () => {
    const all = [broken, violatedRow('single#1', { mode: 'single', durable: null })].map(named);
    expect(fixText(broken, [shared], all)).toBe('not known: single is violated too');
  });

  it('is not refuted by a row on another broker', () => {
    const elsewhere = { kind: 'nats', version: null, url: null };
    const all = [broken, violatedRow('nats:single#1', { mode: 'single', durable: null, broker: elsewhere })].map(named);
    expect(fixText(broken, [shared], all)).toContain('a durable per topic');
  });
});
