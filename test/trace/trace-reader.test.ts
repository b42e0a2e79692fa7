import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, UsageError } from '../../src/domain/errors.js';
import { readTrace } from '../../src/trace/trace-reader.js';
import {
  ObservationLog,
  names,
  readBack,
  ScratchFile,
  writeTrace,
  type ReadBack,
  type Step,
} from '../observation/fixtures.js';

/** A bit of everything, without lost observations. */
const steps = Array.from({ length: 160 }, (_, i): Step => [(i * 5) % 8, i]);

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

/** Writes a whole trace of two rows, changes its lines, and reads it back. */
async function readChanged(
  change: (lines: string[]) => string[],
  lineEnd = '\n',
): Promise<ReadBack & { log: ObservationLog }> {
  const [log] = writeTrace(scratch.path, [steps, steps]);
  const lines = readFileSync(scratch.path, 'utf8').trimEnd().split('\n');
  writeFileSync(scratch.path, `${change(lines).join(lineEnd)}${lineEnd}`);
  return { ...(await readBack(scratch.path)), log: log! };
}

function indexOfKind(lines: readonly string[], kind: string, nth = 0): number {
  return lines.flatMap((line, i) => (line.startsWith(`{"kind":"${kind}"`) ? [i] : []))[nth]!;
}

describe('readTrace', () => {
  it('gives each row back as it was written, names included', async () => {
    const { segments, observed, names: readNames, log } = await readChanged((lines) => lines);
    expect(segments.map(({ header, truncation }) => [header.row.id, truncation])).toEqual([
      ['multi/shared#1', null],
      ['single#1', null],
    ]);
    expect(observed[0]).toEqual(log.observed);
    expect(readNames[0]).toMatchObject(names);
    expect(segments[0]?.judged).toBe(log.observed.length);
  });

  it('reads line ends of either kind, blank lines and a byte order mark', async () => {
    const { segments, observed, log } = await readChanged(
      ([first, ...rest]) => [`\ufeff${first}`, '', ...rest],
      '\r\n',
    );
    expect(segments.map(({ truncation }) => truncation)).toEqual([null, null]);
    expect(observed[0]).toEqual(log.observed);
  });

  it('gives the same back when lines changed places', async () => {
    const { segments, observed, log } = await readChanged((lines) => {
      const end = indexOfKind(lines, 'end');
      return [...lines.slice(0, 2), ...lines.slice(2, end).reverse(), ...lines.slice(end)];
    });
    expect(segments[0]?.truncation).toBeNull();
    expect(observed[0]).toEqual(log.observed);
  });

  it('judges an exact beginning of the run where a line is missing, and keeps back the rest', async () => {
    const { segments, observed, log } = await readChanged((lines) => lines.toSpliced(indexOfKind(lines, 'ack', 2), 1));
    const { judged, keptBack, truncation } = segments[0]!;
    expect(truncation).toMatch(/lines of this row are missing; \d+ observations were judged, \d+ behind/);
    expect(observed[0]).toEqual(log.observed.slice(0, judged));
    expect(judged).toBeGreaterThan(0);
    expect(judged + keptBack).toBe(log.observed.length - 1);
    expect(segments[1]?.truncation).toBeNull();
  });

  it.each([
    ['text', 'nobody wrote this', 'it is not JSON: nobody wrote this'],
    ['other JSON', '[1,2]', 'a line should be a JSON object'],
    ['another kind', '{"kind":"weather"}', '"kind" should be one of a trace, but it is "weather"'],
    ['no kind', '{}', '"kind" should be one of a trace, but it is missing'],
    [
      'a kind that every object has',
      '{"kind":"constructor"}',
      '"kind" should be one of a trace, but it is "constructor"',
    ],
    [
      'an unknown aggregate',
      '{"kind":"publish","aggregateId":"x","stamp":99999,"us":1}',
      '"aggregateId" should be one that a line before it declares, but it is "x"',
    ],
    [
      'a stamp that is no integer',
      '{"kind":"ack","stamp":"9"}',
      '"stamp" should be an integer from 1 up, but it is "9"',
    ],
    [
      'a stamp that was taken',
      '{"kind":"event","event":"fault","stamp":1,"us":0,"detail":{}}',
      'stamp 1 was taken by a line before it',
    ],
  ])('counts a foreign line (%s), says which and why, and calls the row truncated', async (_, foreign, what) => {
    const { segments, observed, log } = await readChanged((lines) => lines.toSpliced(20, 0, foreign, foreign));
    expect(segments[0]?.truncation).toBe(`line 21 is not a line of this trace (${what}); 1 more like it`);
    expect(segments[0]?.foreignLines).toBe(2);
    expect(observed[0]).toEqual(log.observed);
    expect(segments[1]?.truncation).toBeNull();
  });

  it('counts what comes after the end of a row as foreign', async () => {
    const { segments } = await readChanged((lines) => [...lines, lines[5]!]);
    expect(segments.map(({ foreignLines }) => foreignLines)).toEqual([0, 1]);
  });

  it('keeps back what refers to a delivery that is not there', async () => {
    const { segments } = await readChanged((lines) => {
      const at = indexOfKind(lines, 'attempt');
      return lines.with(at, lines[at]!.replace(/"delivery":\d+/, '"delivery":4000000'));
    });
    expect(segments[0]?.truncation).toMatch(/^\d+ observations were judged, \d+ behind a missing one were not$/);
  });

  it('keeps back a second end of an attempt, and what follows it', async () => {
    const { segments } = await readChanged((lines) => {
      const end = indexOfKind(lines, 'end');
      const { lastStamp } = JSON.parse(lines[end]!) as { lastStamp: number };
      const { started } = JSON.parse(lines[indexOfKind(lines, 'attempt')]!) as { started: number };
      const second = { kind: 'finish', started, stamp: lastStamp + 1, us: 0, outcome: 'done' };
      const endLine = lines[end]!.replace(`"lastStamp":${lastStamp}`, `"lastStamp":${lastStamp + 1}`).replace(
        '"finish":0',
        '"finish":1',
      );
      return lines.toSpliced(end, 1, JSON.stringify(second), endLine);
    });
    expect(segments[0]).toMatchObject({ keptBack: 1, foreignLines: 0 });
    expect(segments[0]?.truncation).toMatch(/were judged, 1 behind a missing one were not$/);
  });

  it('takes a row that breaks off without its end as truncated, and the next row as what it is', async () => {
    const { segments } = await readChanged((lines) => lines.toSpliced(indexOfKind(lines, 'end'), 1));
    expect(segments.map(({ truncation }) => truncation)).toEqual([
      'the trace breaks off before the end of this row',
      null,
    ]);
  });

  it.each([
    ['', 'is empty'],
    ['\n\n', 'is empty'],
    ['hello\n', 'line 1, should be the header of a trace, but it is hello'],
    ['{"kind":"header","format":"something-else"}\n', 'line 1, should be the header of a trace'],
    ['{"kind":"header","format":"eventbus-bench-trace","formatVersion":3}\n', 'reads version 4'],
    ['{"kind":"header","format":"eventbus-bench-trace","formatVersion":4}\n', '"plannedRows" should be a list'],
    ['{"kind":"header","format":"eventbus-bench-trace","forma', 'breaks off within the header'],
    ['\u001f\u008b\u0008 whatever', 'is compressed'],
  ])('refuses a file that begins with %j, naming it', async (content, message) => {
    writeFileSync(scratch.path, content, 'latin1');
    const reading = readBack(scratch.path);
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(scratch.path);
    await expect(reading).rejects.toThrow(message);
  });

  it('refuses a header whose scenario is not one, naming the field', async () => {
    const reading = readChanged(([header, ...rest]) => [header!.replace('"seed":7,', ''), ...rest]);
    await expect(reading).rejects.toThrow('"scenario.seed" should be a number, but it is undefined');
  });

  it('is not kept busy by a hole of absurd width', async () => {
    const { segments } = await readChanged((lines) => [...lines, '{"kind":"hole","from":1,"to":9007199254740991}']);
    expect(segments[1]?.foreignLines).toBe(1);
  });

  it('stops when it is told to', async () => {
    writeTrace(scratch.path, [steps]);
    const visitor = { begin: () => new ObservationLog(), end: () => undefined };
    await expect(readTrace(scratch.path, visitor, { signal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
  });
});
