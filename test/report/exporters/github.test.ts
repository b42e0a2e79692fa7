/** Annotations that GitHub shows: the right level, one line each, none dropped without a word. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateFinding, GateSummary } from '../../../src/domain/report/gate.js';
import type { RunReport } from '../../../src/domain/report/run-report.js';
import { render as renderGithub } from '../../../src/report/exporters/github.js';
import { anyGate, anyReport } from '../arbitraries.js';
import { report, row, scenario, threeModes, violatedRow } from '../fixtures.js';

interface Annotation {
  readonly level: string;
  readonly title: string;
  readonly message: string;
}

/** As the runner of GitHub Actions takes a command apart. */
function annotationsOf(text: string): Annotation[] {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^::(error|warning|notice) title=([^:,]*)::(.*)$/.exec(line);
      if (match === null) throw new Error(`no workflow command: ${line}`);
      return { level: match[1]!, title: unescaped(match[2]!), message: unescaped(match[3]!) };
    });
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

const rendered = (one: RunReport, gate: GateSummary | null): Annotation[] =>
  annotationsOf(renderGithub([{ report: one, gate }]));
const levels = (annotations: readonly Annotation[]): string[] => annotations.map(({ level }) => level);

const breach: GateFinding = { kind: 'breach', rowId: 'multi/shared#1', text: 'multi/shared#1 has 428 violations' };

describe('renderGithub', () => {
  it('warns of what is violated or inconclusive, where no gate was given', () => {
    const rows = [violatedRow(), row('multi/per-topic#1', { outcome: 'inconclusive' }), row('single#1')];
    expect(levels(rendered(report(rows), null))).toEqual(['warning', 'warning', 'notice']);
  });

  it('has an error for each row that breaches a gate, leaves it undecided or was not run', () => {
    const gate: GateSummary = {
      outcome: 'breached',
      findings: [
        breach,
        { kind: 'inconclusive', rowId: 'single#1', text: 'single#1 is inconclusive' },
        { kind: 'inconclusive', rowId: 'single#2', text: 'single#2 was not run' },
      ],
    };
    const annotations = rendered(threeModes(), gate);
    expect(levels(annotations)).toEqual(['error', 'error', 'error', 'notice']);
    expect(annotations.map(({ title }) => title)).toEqual([
      'eventbus-bench run multi/shared#1: gate breached',
      'eventbus-bench run single#1: gate undecided',
      'eventbus-bench run: gate undecided',
      'eventbus-bench run',
    ]);
    expect(annotations[0]!.message).toMatch(/^multi\/shared#1 has 428 violations\n428 of 5,000 events /);
  });

  it('says nothing against a violated row that no gate minds', () => {
    const annotations = rendered(threeModes(), { outcome: 'held', findings: [] });
    expect(levels(annotations)).toEqual(['notice']);
    expect(annotations[0]!.message).toBe(
      '3 rows: 2 ordered, 1 violated. Gate held.\nRepeat: eventbus-bench run --topics 5 --seed 42',
    );
  });

  it('has an error for a row that an error ended, whether there was a gate or not', () => {
    const error = { code: 'broker-unavailable', message: 'the server is gone', wayOut: 'start it' };
    const one = report([row('single#1', { outcome: 'inconclusive', error })]);
    expect(levels(rendered(one, null))).toEqual(['error', 'notice']);
    expect(levels(rendered(one, { outcome: 'held', findings: [] }))).toEqual(['error', 'notice']);
  });

  it('keeps to the ten annotations of a level that GitHub shows, and says how many more there are', () => {
    const rows = Array.from({ length: 12 }, (_, at) => violatedRow(`multi/shared#${at + 1}`));
    const annotations = rendered(report(rows), null);
    expect(levels(annotations)).toEqual([...Array<string>(10).fill('warning'), 'notice']);
    expect(annotations[9]!.title).toBe('eventbus-bench: 3 more of this level');
    expect(annotations[9]!.message).toContain('multi/shared#12');
    expect(levels(rendered(report(rows.slice(0, 10)), null))).toHaveLength(11);
  });

  it('escapes what would end a command or a property', () => {
    const text = '100 % of a:b,c\r\n::error::not mine %0A';
    const gate: GateSummary = { outcome: 'breached', findings: [{ ...breach, rowId: null, text }] };
    const hostile = report([row('single#1')], { scenario: { ...scenario, name: 'a:b,c%0A\n::d' } });
    const [first] = rendered(hostile, gate);
    expect(first!.message).toBe('100 % of a:b,c\n::error::not mine %0A');
    expect(first!.title).toBe('eventbus-bench a:b,c%0A\n::d: gate breached');
  });

  it('is lines of commands and nothing else, whatever the report', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ report: anyReport, gate: anyGate }), { maxLength: 3 }), (reports) => {
        const annotations = annotationsOf(renderGithub(reports));
        for (const level of ['error', 'warning', 'notice']) {
          expect(annotations.filter((one) => one.level === level).length).toBeLessThanOrEqual(10);
        }
        expect(annotations.length).toBeGreaterThanOrEqual(Math.min(reports.length, 1));
      }),
    );
  });
});
