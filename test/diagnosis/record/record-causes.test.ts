import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkHistory, type HistoryEvent, type RecordReport } from '../../../src/matcher/index.js';
import { ruleIds } from '../../../src/diagnosis/diagnose.js';
import type { RecordRule } from '../../../src/diagnosis/record/record-rule.js';
import { recordRules } from '../../../src/diagnosis/record/record-rules.js';
import { conditionText } from '../../../src/report/words/record/record-cause-text.js';
import { without, type RecordLine } from '../../record/from-trace.js';

interface Handling {
  readonly version: number;
  readonly lane: string;
  readonly from: number;
  readonly to: number;
}

/** One aggregate whose events are delivered in order to one subscription of one process. */
function handlingsOf(aggregate: string, handlings: readonly Handling[], first: number): RecordLine[] {
  const common = (version: number): object => ({
    ...{ aggregate, version, topic: 't', position: first + version, partition: 0 },
    ...{ subscription: 's', process: 'p', delivery: `${aggregate}-${version}`, deliveryCount: 1 },
  });
  const stamped = handlings.flatMap(({ version, lane, from, to }) => [
    { at: -3000 + version, line: { ev: 'publish', aggregate, version, topic: 't', publisher: 'a' } },
    { at: -2000 + version, line: { ev: 'acked', ...common(version) } },
    { at: -1000 + version, line: { ev: 'deliver', ...common(version) } },
    { at: from, line: { ev: 'start', ...common(version), lane } },
    { at: to, line: { ev: 'finish', ...common(version), ok: true } },
    { at: to + 0.1, line: { ev: 'ack', ...common(version) } },
  ]);
  return stamped.sort((x, y) => x.at - y.at).map(({ line }) => line as RecordLine);
}

/** Twelve events, each of which starts before the one before it has ended, in the lanes in turn. */
function atOnce(aggregate: string, lanes: readonly string[]): RecordLine[] {
  const first = aggregate === 'x' ? 0 : 100;
  const handlings = Array.from({ length: 12 }, (_, i) => ({
    version: i + 1,
    lane: lanes[i % lanes.length]!,
    from: 10 * i,
    to: 10 * i + 15,
  }));
  return handlingsOf(aggregate, handlings, first);
}

function checked(lines: readonly RecordLine[]): RecordReport {
  return checkHistory(lines as unknown as readonly HistoryEvent[], { complete: true });
}

function causesOf(lines: readonly RecordLine[]): string[] {
  return checked(lines).causes.map(({ id }) => id);
}

/** A row of the table in docs/RECORD.md. */
function rowOf({ id, needs, conditions, confidence }: RecordRule): string {
  const lines = new Map<string, string[]>();
  for (const need of needs) {
    const where = need.lines.map((line) => `\`${line}\``).join(' or ');
    lines.set(where, [...(lines.get(where) ?? []), ...need.fields.map((field) => `\`${field}\``)]);
  }
  const has = [...lines].map(([where, fields]) => (fields.length === 0 ? where : `${where} with ${fields.join(', ')}`));
  const usual = ['dense', 'all-read', 'one-source', 'topics-named', 'published-once'];
  const is = conditions.filter((one) => !usual.includes(one.is)).map((one) => conditionText(one.is));
  return `| [\`${id}\`](HAZARDS.md#${id}) | ${has.join('; ')} | ${is.join('; ')} | ${confidence} |`;
}

describe('the causes of a record', () => {
  it('are causes that a run may have as well', () => {
    for (const { id } of recordRules) expect(ruleIds).toContain(id);
  });

  it('exclude causes that there are', () => {
    for (const { needs, conditions } of recordRules) {
      for (const { against } of [...needs, ...conditions]) for (const id of against) expect(ruleIds).toContain(id);
    }
  });

  it('are in docs/RECORD.md with all that they need', () => {
    const page = readFileSync(new URL('../../../docs/RECORD.md', import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| [`'));
    expect(rows).toEqual(recordRules.map(rowOf));
  });

  it('name lanes that are not chosen by aggregate where events go to and fro among three', () => {
    expect(causesOf([...atOnce('x', ['a', 'b', 'c']), ...atOnce('y', ['a', 'b', 'c'])])).toEqual(['unkeyed-pool']);
  });

  it('leave open whether two lanes are one lane and what a full queue refused', () => {
    const report = checked([...atOnce('x', ['a', 'b']), ...atOnce('y', ['a', 'b'])]);
    expect(report.outcome).toBe('violated');
    expect(report.causes).toEqual([]);
    expect(report.unexplained.overlaps).toBe(22);
  });

  it('name a handler that is not awaited where one lane runs two events at once', () => {
    expect(causesOf(atOnce('x', ['a']))).toEqual(['unawaited-handler']);
  });

  it.each(['lane', 'process', 'subscription', 'partition', 'topic'])('are unknown without %s', (field) => {
    const { causes, unexplained, untold } = checked(without(atOnce('x', ['a']), [field]));
    expect(causes).toEqual([]);
    expect(unexplained.overlaps).toBe(11);
    const missing = untold.find(({ id }) => id === 'unawaited-handler')!;
    const fields = missing.lacks.flatMap((lack) => lack.fields);
    if (field === 'topic') expect(missing.unmet).toEqual(['topics-named']);
    else expect(fields).toContain(field);
  });

  it('are unknown where one start of many has no lane', () => {
    const lines = atOnce('x', ['a']);
    const at = lines.findIndex(({ ev }) => ev === 'start');
    const { lane: _, ...bare } = lines[at]!;
    expect(causesOf(lines.with(at, bare as RecordLine))).toEqual([]);
  });

  it('are unknown where one subscription is of two processes', () => {
    const [x, y] = [atOnce('x', ['a']), atOnce('y', ['a'])];
    expect(causesOf([...x, ...y])).toEqual(['unawaited-handler']);
    expect(causesOf([...x, ...y.map((line) => ({ ...line, process: 'q' }))])).toEqual([]);
  });

  it('name acks before handling only where a handling of an acknowledged event began in vain', () => {
    const lines = atOnce('x', ['a']).filter(({ ev }) => ev !== 'ack');
    const acks = lines.filter(({ ev }) => ev === 'deliver').map((line) => ({ ...line, ev: 'ack' }));
    const isOfLast = ({ ev, version }: RecordLine): boolean => version === 12 && (ev === 'start' || ev === 'finish');
    const before = lines.findIndex(({ ev }) => ev === 'start');
    const early = [...lines.slice(0, before), ...acks, ...lines.slice(before)];
    expect(causesOf(early.filter((line) => !isOfLast(line)))).not.toContain('ack-before-handling');
    const failed = early.map((line) => (isOfLast(line) && line.ev === 'finish' ? { ...line, ok: false } : line));
    expect(causesOf(failed)).toContain('ack-before-handling');
  });

  it('are unknown where an event was published twice', () => {
    const lines = atOnce('x', ['a']);
    expect(causesOf([lines[0]!, ...lines])).toEqual([]);
  });

  it('are none where lines say of handlings no more than that they began', () => {
    const { causes, unexplained, untold } = checkHistory([
      { aggregate: 'x', version: 2 },
      { aggregate: 'x', version: 1 },
    ]);
    expect(causes).toEqual([]);
    expect(unexplained.regressions).toBe(1);
    expect(untold.map(({ id }) => id)).toContain('unkeyed-pool');
  });

  it('tell the worst anomaly line by line', () => {
    const [cause] = checked(atOnce('x', ['a'])).causes;
    const [witness] = cause!.witnesses;
    expect(witness).toMatchObject({ kind: 'overlaps', aggregate: 'x', topic: 't' });
    expect(witness!.event).toMatchObject({ subscription: 's', lane: 'a', deliveryCount: 1, partition: 0 });
    expect(witness!.event.version).toBe(Number(witness!.otherEvent!.version) + 1);
    expect(witness!.event.start!.line).toBeLessThan(witness!.otherEvent!.finish!.line);
  });
});
