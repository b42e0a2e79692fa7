/** A history that no scenario led to is written and checked like any other: it has counts and a verdict, and no claims. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stage } from '../../src/domain/observation.js';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { Recorder } from '../../src/observation/recorder.js';
import { renderJson } from '../../src/report/contract/json.js';
import { parseReport } from '../../src/report/contract/parse-report.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { checkTrace } from '../../src/run/check-trace.js';
import { TraceFile } from '../../src/trace/trace-file.js';
import { TraceWriter } from '../../src/trace/trace-writer.js';
import { names, ScratchFile, traceEnd, traceHeader } from '../observation/fixtures.js';

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

/** Versions that nobody saw published are handled in the order given. */
async function checked(stages: readonly Stage[], versions: readonly number[] = [2, 1]): Promise<RunReport> {
  const { scenario: _, row: run, ...header } = traceHeader();
  const row = { ...run, id: 'recorded#1', mode: null, strategy: 'unknown' };
  const file = new TraceFile(scratch.path);
  const record = { orderScope: 'topic', stages } as const;
  const writer = new TraceWriter(file, { ...header, scenario: null, record, row, plannedRows: [row] }, names);
  let stamp = 0;
  const recorder = new Recorder({ nextStamp: () => ++stamp, nowMs: () => stamp, sink: writer });
  for (const [index, version] of versions.entries()) {
    const delivery = recorder.deliver({
      ...{ aggregate: 0, topic: 0, version, publisher: -1, publishStamp: 0, publishedAtMs: 0, partition: 0 },
      ...{ position: index + 1, deliveryCount: 1, subscription: 0, owned: true, ackToken: 0 },
    });
    recorder.finish(recorder.start(delivery, 1, 0), 'done');
  }
  writer.close(traceEnd);
  file.close();
  return checkTrace(scratch.path);
}

describe('the check of a history without a scenario', () => {
  it('has counts and a verdict, and knows neither seed nor scenario', async () => {
    const report = await checked(['deliver', 'start', 'finish']);
    expect(report).toMatchObject({ scenario: null, seed: null });
    const [row] = report.runs;
    expect(row).toMatchObject({ id: 'recorded#1', mode: 'multi', outcome: 'violated' });
    expect(row!.counts).toMatchObject({ delivered: 2, handled: 2, regressions: 1, published: 0, phantoms: 0 });
  });

  it('is no pass where nothing went wrong: nothing is claimed, and no pair was seen at risk', async () => {
    const { runs } = await checked(['deliver', 'start', 'finish'], [1, 2]);
    expect(runs[0]!.counts.violations).toBe(0);
    expect(runs[0]!.outcome).toBe('inconclusive');
  });

  it('counts phantoms where publish calls would have been seen', async () => {
    const { runs } = await checked(['publish', 'deliver', 'start', 'finish']);
    expect(runs[0]!.counts.phantoms).toBe(2);
  });

  it('is a report like any other', async () => {
    const report = await checked(['start']);
    expect(parseReport(renderJson(report)).runs[0]!.id).toBe('recorded#1');
    const text = renderTerminal(report, { width: 80, color: false, ascii: false, reportPath: null });
    expect(text).toContain('violated');
  });
});
