/** Records in several files, of services that know nothing of each other: what one publishes, another handles. */
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { checkLines, checkSources } from './check-lines.js';

interface Line {
  readonly ev: string;
  readonly aggregate: string;
  readonly version: number;
  readonly topic: string;
  readonly delivery?: string;
}

const isPublish = ({ ev }: Line): boolean => ev === 'publish' || ev === 'acked';

/** A bus that has three events of an aggregate in hand at a time, and handles them in order. */
function soundLines(topic: string, events = 60): Line[] {
  return Array.from({ length: events }, (_, index) => index + 1)
    .flatMap((version) => {
      const line = (ev: string, after: number): readonly [number, Line] => {
        const delivery = ev === 'publish' || ev === 'acked' ? {} : { delivery: `${topic} ${String(version)}` };
        return [version * 10 + after, { ev, aggregate: 'a', version, topic, ...delivery }];
      };
      return [
        ...[line('publish', 0), line('acked', 1), line('deliver', 2)],
        ...[line('start', 25), line('finish', 30), line('ack', 31)],
      ];
    })
    .toSorted(([a], [b]) => a - b)
    .map(([, line]) => line);
}

const complete = { complete: true };
const sound = soundLines('orders');
const publisher = sound.filter(isPublish);
const consumer = sound.filter((line) => !isPublish(line));
const without = (lines: readonly Line[], version: number): Line[] => lines.filter((line) => line.version !== version);
const kinds = ({ reasons }: RecordReport): string[] => reasons.map((one) => ('of' in one ? one.of : one.kind));

describe('the files of a publisher and of a consumer', () => {
  it.each([
    ['the publisher first', { 'p.ndjson': publisher, 'c.ndjson': consumer }],
    ['the consumer first', { 'c.ndjson': consumer, 'p.ndjson': publisher }],
  ])('are ordered if the bus is sound: %s', async (_, files) => {
    const report = await checkSources(files, complete);
    expect(report).toMatchObject({ outcome: 'ordered', counts: { published: 60, handled: 60, lost: 0, phantoms: 0 } });
    expect(report.exposure).toMatchObject({ pairs: 59, atRiskPairs: 59 });
    expect(report.lines).toMatchObject({ record: sound.length, bad: 0, other: 0 });
    expect(report.events).toMatchObject({ publish: 60, start: 60 });
    expect(report.sources.map(({ lines }) => lines)).toEqual(Object.values(files).map(({ length }) => length));
  });

  it('are as good as one file with the names of sources in its lines', async () => {
    const lines = sound.map((line) => ({ ...line, source: isPublish(line) ? 'p' : 'c' }));
    expect(await checkLines(lines, complete)).toMatchObject({ outcome: 'ordered', counts: { lost: 0 } });
  });

  it('are those of two services that each publish what the other handles, too', async () => {
    const payments = soundLines('payments');
    const files = {
      'a.ndjson': [...publisher, ...payments.filter((line) => !isPublish(line))],
      'b.ndjson': [...consumer, ...payments.filter(isPublish)],
    };
    expect(await checkSources(files, complete)).toMatchObject({ outcome: 'ordered', counts: { lost: 0, phantoms: 0 } });
    const report = await checkSources({ ...files, 'b.ndjson': without(files['b.ndjson'], 7) }, complete);
    expect(report.counts).toMatchObject({ lost: 1, phantoms: 1 });
    expect(report.aggregates.map(({ topic, source, lost }) => [topic, source, lost])).toContainEqual([
      ...['orders', 'b.ndjson'],
      1,
    ]);
  });

  it('have a loss where the consumer never handled what was published, and nothing is lost without an end', async () => {
    const files = { 'p.ndjson': publisher, 'c.ndjson': without(consumer, 30) };
    expect(await checkSources(files, complete)).toMatchObject({ outcome: 'violated', counts: { lost: 1 } });
    const open = await checkSources(files);
    expect(open).toMatchObject({ outcome: 'inconclusive', counts: { lost: null, unseen: 1 } });
  });

  it('have a phantom where the consumer handled what nobody published, and are no pass where lines are bad', async () => {
    const files = { 'p.ndjson': without(publisher, 30), 'c.ndjson': consumer };
    expect(await checkSources(files, complete)).toMatchObject({ outcome: 'violated', counts: { phantoms: 1 } });
    const damaged = { 'p.ndjson': publisher, 'c.ndjson': [...consumer, '{"aggregate":"a",'] };
    const report = await checkSources(damaged, complete);
    expect(report).toMatchObject({ outcome: 'inconclusive', lines: { bad: 1 }, counts: { lost: null } });
  });

  it('are violated where the consumer handled two events in the wrong order', async () => {
    const other = (version: number): number => (version === 30 ? 31 : version === 31 ? 30 : version);
    const swapped = consumer.map((line) => ({
      ...line,
      version: other(line.version),
      delivery: `d${other(line.version)}`,
    }));
    const files = { 'p.ndjson': publisher, 'c.ndjson': swapped };
    const report = await checkSources(files, complete);
    expect(report).toMatchObject({ outcome: 'violated', counts: { regressions: 1, lost: 0 } });
    expect(report.aggregates[0]).toMatchObject({ source: 'c.ndjson', examples: [{ version: 30, after: 31 }] });
  });

  it('say nothing of how often an event was acknowledged before another was handled', async () => {
    const { exposure } = await checkSources({ 'p.ndjson': publisher, 'c.ndjson': consumer }, complete);
    expect(exposure!.contestedPairs).toBe(exposure!.atRiskPairs);
  });
});

describe('the files of several consumers', () => {
  it('are no pass where two of them handled an aggregate, and nothing is lost for that', async () => {
    const half = (from: number, to: number): Line[] =>
      consumer.filter(({ version }) => version > from && version <= to);
    const files = { 'p.ndjson': publisher, 'c1.ndjson': half(0, 30), 'c2.ndjson': half(30, 60) };
    const report = await checkSources(files, complete);
    expect(report).toMatchObject({ outcome: 'inconclusive', counts: { regressions: 0, lost: null, phantoms: null } });
    expect(report.reasons).toContainEqual({ kind: 'several-sources', aggregates: 1 });
  });

  it('are a pass where each aggregate was handled in one of them', async () => {
    const named = (lines: readonly Line[], aggregate: string): object[] =>
      lines.map((line) => ({ ...line, aggregate }));
    const files = {
      'p.ndjson': [...named(publisher, 'a'), ...named(publisher, 'b')],
      'c1.ndjson': named(consumer, 'a'),
      'c2.ndjson': named(consumer, 'b'),
    };
    const report = await checkSources(files, complete);
    expect(report).toMatchObject({ outcome: 'ordered', counts: { lost: 0 } });
  });
});

describe('the files of several publishers of an aggregate', () => {
  it('are no pass, and no origin rests on the order of files', async () => {
    const odd = (lines: readonly Line[], rest: number): Line[] => lines.filter(({ version }) => version % 2 === rest);
    const other = (version: number): number => (version === 31 ? 32 : version === 32 ? 31 : version);
    const swapped = consumer.map((line) => ({
      ...line,
      version: other(line.version),
      delivery: `d${other(line.version)}`,
    }));
    const files = { 'p1.ndjson': odd(publisher, 0), 'p2.ndjson': odd(publisher, 1) };
    const held = await checkSources({ ...files, 'c.ndjson': consumer }, complete);
    expect(held.outcome).toBe('inconclusive');
    expect(kinds(held)).toContain('several-sources');
    const { origins } = await checkSources({ ...files, 'c.ndjson': swapped }, complete);
    expect(origins.map(({ by }) => by)).not.toContain('publish');
  });
});
