/** What a bus is said to guarantee takes away the doubt that it answers, and nothing of what the record proves. */
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { checkLines } from './check-lines.js';

const versions = Array.from({ length: 60 }, (_, index) => index + 1);
const line = (ev: string, version: number, more: object = {}): object => ({
  ...{ ev, aggregate: 'a', version, delivery: `d${version}`, ...more },
});
const handlings = versions.flatMap((version) => [line('start', version), line('finish', version)]);

const kindsOf = ({ reasons }: RecordReport): string[] => reasons.map(({ kind }) => kind);

describe('a record in which events of an aggregate were with two subscriptions at once', () => {
  const delivered = versions.map((version) => line('deliver', version, { subscription: `s${version % 2}` }));
  const lines = [...versions.map((version) => line('publish', version)), ...delivered, ...handlings];

  it('is no pass, unless its consumer is said to repair its input', async () => {
    expect(kindsOf(await checkLines(lines, { complete: true }))).toEqual(['shared-source']);
    const told = await checkLines(lines, { complete: true, claims: ['repairs-input'] });
    expect(told).toMatchObject({ outcome: 'ordered', claims: ['repairs-input'] });
    expect(kindsOf(await checkLines(lines, { complete: true, claims: ['keeps-send-order'] }))).toEqual([
      'shared-source',
    ]);
  });

  it('is violated whatever is said of it, if an event was handled late', async () => {
    const late = [...lines, ...[62, 61].flatMap((version) => [line('start', version), line('finish', version)])];
    expect((await checkLines(late, { complete: true, claims: ['repairs-input'] })).outcome).toBe('violated');
  });
});

describe('a record in which publish calls of an aggregate overlapped', () => {
  const lines = [
    ...versions.map((version) => line('publish', version, { publisher: 'p' })),
    ...versions.map((version) => line('acked', version, { publisher: 'p' })),
    ...versions.map((version) => line('deliver', version)),
    ...handlings,
  ];

  it('is no pass, unless its client is said to keep the order of what it sends', async () => {
    expect(kindsOf(await checkLines(lines, { complete: true }))).toEqual(['several-publishers']);
    expect((await checkLines(lines, { complete: true, claims: ['keeps-send-order'] })).outcome).toBe('ordered');
  });

  it('is no pass where several publishers took the aggregate in turn, and no line says when a call was answered', async () => {
    const several = lines
      .filter((one) => !('ev' in one && one.ev === 'acked'))
      .map((one) =>
        'publisher' in one && 'version' in one ? { ...one, publisher: `p${Number(one.version) % 2}` } : one,
      );
    expect((await checkLines(several, { complete: true })).reasons).toEqual([
      { kind: 'several-publishers', overlaps: 0 },
    ]);
    const one = lines.filter((line) => !('ev' in line && line.ev === 'acked'));
    expect((await checkLines(one, { complete: true })).outcome).toBe('ordered');
  });

  it('is no pass in any case, where they are those of several publishers', async () => {
    const several = lines.map((one, index) => ({ ...one, ...('publisher' in one && { publisher: `p${index % 2}` }) }));
    const report = await checkLines(several, { complete: true, claims: ['keeps-send-order'] });
    expect(kindsOf(report)).toEqual(['several-publishers']);
  });
});

describe('a record in which processes of one subscription took the events of an aggregate in turn', () => {
  const handledBy = (processOf: (version: number) => string): object[] => [
    ...versions.map((version) => line('publish', version)),
    ...versions.map((version) => line('deliver', version, { subscription: 's' })),
    ...versions.flatMap((version) => [
      line('start', version, { process: processOf(version) }),
      line('finish', version, { process: processOf(version) }),
    ]),
  ];

  it('is no pass, unless its consumer is said to repair its input', async () => {
    const lines = handledBy((version) => `pod-${version % 2}`);
    expect((await checkLines(lines, { complete: true })).reasons).toEqual([{ kind: 'several-processes', count: 58 }]);
    expect((await checkLines(lines, { complete: true, claims: ['repairs-input'] })).outcome).toBe('ordered');
  });

  it('is one if a process handed the aggregate over to another for good, as at a release', async () => {
    const lines = handledBy((version) => `pod-${version > 30 ? 1 : 0}`);
    expect((await checkLines(lines, { complete: true })).outcome).toBe('ordered');
  });
});
