/** Records of a bus whose versions only rise, such as time stamps: when they are a pass, and that nothing less is one. */
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { checkLines } from './check-lines.js';

interface Line {
  readonly ev: string;
  readonly aggregate: string;
  readonly version: string;
  readonly delivery?: string;
  readonly id?: string;
}

const stages = ['publish', 'acked', 'deliver', 'start', 'finish', 'ack'];
/** Nanoseconds, which no double holds exactly. */
const versionOf = (index: number): string => String(1_750_000_000_000_000_000n + BigInt(index * index) * 1_000_003n);

/** A bus that has three events in hand at a time, and handles them in order. */
function soundLines(events: number): Line[] {
  const at = (ev: string, index: number, when: number): readonly [number, Line][] => {
    if (index >= events) return [];
    const delivery = ev === 'publish' || ev === 'acked' ? {} : { delivery: `d${String(index)}` };
    return [[when, { ev, aggregate: 'a', version: versionOf(index), ...delivery }]];
  };
  const timed = Array.from({ length: events }, (_, index) => index * 10).flatMap((from, index) => [
    ...[...at('publish', index, from), ...at('acked', index, from + 1), ...at('deliver', index, from + 2)],
    ...[...at('start', index, from + 25), ...at('finish', index, from + 30), ...at('ack', index, from + 31)],
  ]);
  return timed.toSorted(([a], [b]) => a - b).map(([, line]) => line);
}

const check = (lines: readonly Line[], options: { readonly complete?: boolean } = {}): Promise<RecordReport> =>
  checkLines(lines, { versions: 'rising', complete: true, ...options });

const isOf = (index: number) => (line: Line) => line.version === versionOf(index);

describe('a record of a sound bus whose versions only rise', () => {
  it('is ordered, with the pairs at risk of neighbours in what was published', async () => {
    const report = await check(soundLines(60));
    expect(report).toMatchObject({ outcome: 'ordered', reasons: [], exposure: { pairs: 59, atRiskPairs: 59 } });
    expect(report.counts).toMatchObject({ handled: 60, lost: 0, gaps: null, regressions: 0, ties: 0 });
  });

  it('is no pass where fewer pairs were at risk than are asked for', async () => {
    const { outcome, reasons } = await check(soundLines(20));
    expect(outcome).toBe('inconclusive');
    expect(reasons).toEqual([{ kind: 'too-few-at-risk', atRiskPairs: 19, wanted: 30 }]);
  });

  it.each(['publish', 'deliver', 'start', 'finish'])('is no pass without %s lines', async (ev) => {
    expect((await check(soundLines(60).filter((line) => line.ev !== ev))).outcome).not.toBe('ordered');
  });

  it('is no pass without an end, nor where nothing joins the lines of a hand-over', async () => {
    expect((await check(soundLines(60), { complete: false })).outcome).toBe('inconclusive');
    expect((await check(soundLines(60).map(({ delivery: _, ...line }) => line))).outcome).toBe('inconclusive');
  });

  it('has a loss where a published event was never handled', async () => {
    const lines = soundLines(60).filter((line) => !isOf(30)(line) || stages.indexOf(line.ev) < 3);
    expect(await check(lines)).toMatchObject({ outcome: 'violated', counts: { lost: 1 } });
  });

  it('is no pass if any single publish, start or finish line is left out', async () => {
    const lines = soundLines(40);
    const needed = [...lines.keys()].filter((at) => /publish|start|finish/.test(lines[at]!.ev));
    for (const at of needed) {
      const { ev, version } = lines[at]!;
      const report = await checkLines(lines.toSpliced(at, 1), { versions: 'rising', complete: true, minAtRisk: 39 });
      expect(report.outcome, `${ev} ${version}`).not.toBe('ordered');
    }
  });

  it('is violated if any two neighbours are handled in the wrong order', async () => {
    for (let index = 0; index < 39; index++) {
      const swap = (line: Line): Line => {
        if (stages.indexOf(line.ev) < 3) return line;
        const other = isOf(index)(line) ? index + 1 : isOf(index + 1)(line) ? index : null;
        return other === null ? line : { ...line, version: versionOf(other), delivery: `d${String(other)}` };
      };
      const report = await check(soundLines(40).map(swap));
      expect(report, String(index)).toMatchObject({ outcome: 'violated', counts: { regressions: 1 } });
    }
  });

  it('is no pass where two events share a version, though each was handled', async () => {
    const twins = soundLines(60).flatMap((line) => [
      { ...line, id: 'i' },
      ...(isOf(30)(line) ? [{ ...line, id: 'j', ...(line.delivery === undefined ? {} : { delivery: 'twin' }) }] : []),
    ]);
    const { outcome, reasons } = await check(twins);
    expect(outcome).toBe('inconclusive');
    expect(reasons).toContainEqual({ kind: 'stake-unknown', lacks: ['dense'] });
  });

  it('is no pass where an event was published after a higher version, since neighbours are told too late', async () => {
    const [first, second, ...rest] = soundLines(60).filter(({ ev }) => ev === 'publish');
    const others = soundLines(60).filter(({ ev }) => ev !== 'publish');
    const report = await check([second!, first!, ...rest, ...others]);
    expect(report.outcome).not.toBe('ordered');
    expect(report.exposure).toBeNull();
  });
});
