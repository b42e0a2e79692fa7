/** Spans of OTLP/JSON say what a record says, in the order of their times within each service instance. */
import { describe, expect, it } from 'vitest';
import { checked } from '../fixtures.js';

const map = 'aggregate=attr:order.id,version=attr:order.version';
const second = 1_000_000_000n;
const begin = 1_767_225_600n * second;

interface Made {
  readonly aggregate?: string;
  readonly version: number | string;
  /** Nanoseconds after the beginning. */
  readonly at: bigint;
  readonly ms?: number;
  readonly operation?: string;
  /** What the system calls it. */
  readonly called?: string;
  readonly kind?: number | string;
  readonly failed?: boolean;
}

let spans = 0;

function span({ aggregate = 'a', version, at, ms = 1, operation, called, kind = 5, failed = false }: Made): object {
  const attributes: Record<string, object> = {
    'order.id': { stringValue: aggregate },
    'order.version': { intValue: String(version) },
    'messaging.destination.name': { stringValue: 'orders' },
    ...(operation !== undefined && { 'messaging.operation.type': { stringValue: operation } }),
    ...(called !== undefined && { 'messaging.operation.name': { stringValue: called } }),
  };
  return {
    ...{ spanId: (++spans).toString(16).padStart(16, '0'), name: 'orders', kind },
    startTimeUnixNano: String(begin + at),
    endTimeUnixNano: String(begin + at + BigInt(ms) * 1_000_000n),
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
    status: failed ? { code: 2, message: 'no stock' } : {},
  };
}

function request(made: readonly object[], instance = 'i-1'): object {
  const resource = { attributes: [{ key: 'service.instance.id', value: { stringValue: instance } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: made }] }] };
}

const lines = (...requests: readonly object[]): string => requests.map((one) => `${JSON.stringify(one)}\n`).join('');
/** Versions 1, 3, 2 by their times, written in another order. */
const turned = [
  span({ version: 2, at: 3n * second }),
  span({ version: 1, at: 1n * second }),
  span({ version: 3, at: 2n * second }),
];

describe('the reader of OTLP/JSON', () => {
  it.each([
    ['a request a line', lines(...turned.map((one) => request([one])))],
    ['a request over many lines', JSON.stringify(request(turned), null, 2)],
    ['several requests over many lines', turned.map((one) => JSON.stringify(request([one]), null, '\t')).join('\n')],
  ])('reads %s, in the order of times', async (_, content) => {
    for (const blockBytes of [7, 100_000]) {
      const report = await checked(content, { map, blockBytes });
      expect(report.sources[0]!.format).toBe('otlp');
      expect(report.events).toMatchObject({ start: 3, finish: 3 });
      expect(report.counts).toMatchObject({ handled: 3, regressions: 1, overlaps: 0 });
      expect(report.aggregates[0]).toMatchObject({ aggregate: 'a', topic: 'orders', source: 'i-1' });
    }
  });

  it('takes operations, and kinds of spans that say none, for what they are in a record', async () => {
    const made = ['send', 'create', 'publish', 'receive', 'process', 'settle', 'wash'].map((operation, index) =>
      span({ version: index + 1, at: BigInt(index) * second, operation }),
    );
    const kinds = [4, 'SPAN_KIND_CONSUMER', 1].map((kind, index) =>
      span({ version: index + 8, at: BigInt(index + 7) * second, kind }),
    );
    const report = await checked(lines(request([...made, ...kinds])), { map });
    expect(report.events).toMatchObject({ publish: 4, deliver: 1, start: 2, finish: 2, ack: 1, handled: 0 });
    // An unknown operation, and a span of a kind that is of no message.
    expect(report.lines).toMatchObject({ other: 2, bad: 0 });
  });

  it('takes for an ack only what settles a message by one', async () => {
    const made = ['ack', 'commit', 'nak', 'nack', 'reject'].map((called, index) =>
      span({ version: index + 1, at: BigInt(index) * second, operation: 'settle', called }),
    );
    const report = await checked(lines(request([...made, span({ version: 9, at: 9n * second })])), { map });
    expect(report.events).toMatchObject({ ack: 2 });
    expect(report.lines).toMatchObject({ other: 3, bad: 0 });
    const once = (operation: string): object => ({ operation, count: 1 });
    expect(report.lines.otherSpans).toEqual(['nak', 'nack', 'reject'].map(once));
  });

  it.each([
    [true, 0],
    [false, 1],
  ])('takes the status of an error for a handling that failed: %s', async (failed, duplicates) => {
    const twice = [span({ version: 1, at: 1n, failed }), span({ version: 1, at: second })];
    expect((await checked(lines(request(twice)), { map })).counts.duplicates).toBe(duplicates);
  });

  it('judges order within an instance of a service only', async () => {
    const report = await checked(
      lines(request([span({ version: 2, at: 1n })]), request([span({ version: 1, at: second })], 'i-2')),
      { map },
    );
    expect(report.counts.regressions).toBe(0);
    expect(report.reasons).toContainEqual({ kind: 'several-sources', aggregates: 1 });
  });

  it('counts as bad what is written so late that its place is gone', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) =>
      request([span({ aggregate: 'b', version: i + 1, at: BigInt(i + 100) * second })]),
    );
    const late = request([span({ version: 1, at: 5n * second })]);
    const report = await checked(lines(...many, late), { map, blockBytes: 100_000 });
    expect(report.badLines.map(({ problem }) => problem)).toEqual([
      'it was written more than 10 s after its time, and its place is gone',
      'it was written more than 10 s after its time, and its place is gone',
    ]);
    expect(report.counts.regressions).toBe(0);
    expect(report.outcome).toBe('inconclusive');
  });

  it('claims no order of an aggregate’s events that have the same time', async () => {
    const report = await checked(lines(request([span({ version: 2, at: 1n }), span({ version: 1, at: 1n })])), { map });
    expect(report.counts.regressions).toBe(0);
    expect(report.lines.bad).toBeGreaterThan(0);
    expect(report.badLines[0]!.problem).toContain('nothing says which was first');
  });

  it('compares versions exactly, and takes none that JSON has rounded', async () => {
    const exact = [9_007_199_254_740_993n, 9_007_199_254_740_992n].map((version, index) =>
      span({ version: String(version), at: BigInt(index) * second }),
    );
    expect((await checked(lines(request(exact)), { map })).counts.regressions).toBe(1);
    const content = lines(request([span({ version: 1, at: 0n }), ...exact]));
    const rounded = content.replaceAll(/"(9007199254740\d+)"/g, '$1');
    const report = await checked(rounded, { map });
    expect(report.badLines[0]!.problem).toBe('its version is no integer of up to 64 bits');
  });

  it('loses no more than its own line to a request that was cut off', async () => {
    const [first, second_, third] = turned.map((one) => JSON.stringify(request([one])));
    const report = await checked(`${first}\n${second_!.slice(0, 150)}\n${third}\n`, { map });
    expect(report.lines).toMatchObject({ record: 4, bad: 1 });
  });

  it('passes over requests of metrics, and proposes attributes where none was named', async () => {
    const metrics = { resourceMetrics: [] };
    const report = await checked(lines(request(turned), metrics), { map });
    expect(report.lines).toMatchObject({ record: 6, other: 1 });
    await expect(checked(lines(request(turned)))).rejects.toMatchObject({
      wayOut: "by the names in it they may be these: --map 'aggregate=attr:order.id,version=attr:order.version'",
    });
  });

  it('takes a span for bad whose time is no time, however large, and for one of something else whose kind is none', async () => {
    const far = { ...span({ version: 4, at: second }), startTimeUnixNano: 1e300 };
    const odd = [{ toString: 1 }, 'constructor'].map((kind) => ({ ...span({ version: 5, at: second }), kind }));
    const report = await checked(lines(request(turned), request([far, ...odd])), { map });
    expect(report.events).toMatchObject({ start: 3, finish: 3 });
    expect(report.lines).toMatchObject({ bad: 1, other: 2 });
  });

  it('takes a span for bad whose aggregate is no UTF-8, and tells half surrogate pairs apart', async () => {
    const latin1 = (aggregate: string, version: number): Buffer =>
      Buffer.from(lines(request([span({ aggregate, version, at: BigInt(version) * second })])), 'latin1');
    const report = await checked(Buffer.concat([latin1('\xfe', 1), latin1('a', 2)]), { map });
    expect(report.lines).toMatchObject({ record: 2, bad: 1 });
    const halves = ['\ud800', '\ud801'].map((aggregate) => span({ aggregate, version: 1, at: second }));
    expect((await checked(lines(request(halves)), { map })).aggregatesTotal).toBe(2);
  });

  it('loses no more than its own line to a request that was cut off within an escape', async () => {
    const cut = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"say \\';
    for (const blockBytes of [1, 7, 100_000]) {
      const report = await checked(`${cut}\n${lines(request(turned))}`, { map, blockBytes, format: 'otlp' });
      expect(report.lines).toMatchObject({ record: 6, bad: 1 });
    }
  });
});
