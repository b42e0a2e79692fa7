/**
 * What must hold of a command that was interrupted, whatever it was doing: it ends soon, with exit code 130, says what
 * is kept, and what it says is there. How soon is a bound that a loaded machine keeps; `benchmarks/interrupt.mjs`
 * measures the two seconds.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';

export interface Moment {
  readonly args: readonly string[];
  readonly signal: NodeJS.Signals;
  readonly afterMs: number;
}

export interface Interrupted {
  readonly exitCode: number | null;
  /** The signal, if Node.js was still starting and no handler was there. */
  readonly killedBy: NodeJS.Signals | null;
  readonly tookMs: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The folder for temporary files. */
  readonly temporary: string;
}

interface Moments {
  simulatedMoment(seed: number, nth: number, files: { readonly trace: string; readonly report: string }): Moment;
  serverMoment(seed: number, nth: number, broker: string, server: readonly string[]): Moment;
  interrupted(moment: Moment, folder: string): Promise<Interrupted | null>;
  repeatedBy(moment: Moment): string;
  reportsIn(folder: string): Readonly<Record<string, string>>;
  emptied(folder: string): string;
  distributionOf(tookMs: readonly number[]): string;
}

export const moments = (await import(resolve('tools/lib/interrupted-moments.mjs'))) as Moments;

const tookMsMax = 10_000;
/** A command that was done when the signal came ends by itself within this. */
const doneWithinMs = 3_000;
/** A watchdog removes the folder of its server by itself once the run has ended. */
const tidyWithinMs = 15_000;

/** Interrupts the command, and checks how it ends. @returns null if it had ended before */
export async function expectInterrupted(moment: Moment, folder: string, seed: number): Promise<Interrupted | null> {
  const why = `EVENTBUS_BENCH_DRAW_SEED=${seed}: ${moments.repeatedBy(moment)}`;
  const ended = await moments.interrupted(moment, folder);
  if (ended === null) return null;
  const { exitCode, killedBy, tookMs, stdout, stderr } = ended;
  const all = `${why}\n${stderr}`;
  const isOwnEnd = exitCode !== null && exitCode <= 2 && tookMs < doneWithinMs;
  if (isOwnEnd && !stderr.includes('interrupted')) return null;
  expect(tookMs, all).toBeLessThan(tookMsMax);
  await expectTidy(ended.temporary, why);
  if (killedBy !== null) {
    expect({ killedBy, stdout, stderr }, why).toEqual({ killedBy: moment.signal, stdout: '', stderr: '' });
    return ended;
  }
  expect(exitCode, all).toBe(130);
  expect(stderr, all).not.toMatch(/went wrong inside|^\s+at /m);
  expectKept(ended, folder, all);
  if (moment.args.includes('--json') && stdout !== '') expect(() => JSON.parse(stdout) as unknown, all).not.toThrow();
  return ended;
}

function expectKept({ stderr }: Interrupted, folder: string, why: string): void {
  const words = stderr.split('\n').findLast((line) => line.startsWith('interrupted')) ?? '';
  const path = /^interrupted: (\S+) keeps \d/.exec(words)?.[1];
  const reports = moments.reportsIn(folder);
  for (const [name, text] of Object.entries(reports))
    expect(() => JSON.parse(text) as unknown, `${why}\n${name}`).not.toThrow();
  if (path === undefined) {
    expect(words, why).toMatch(/kept|keeps nothing|no (file|report) was written/);
    expect(Object.keys(reports), why).toEqual([]);
    return;
  }
  expect(existsSync(join(folder, path)), why).toBe(true);
  expect((JSON.parse(reports['latest.json']!) as RunReport).runs.length, why).toBeGreaterThan(0);
}

/** No private server's folder is left. */
async function expectTidy(temporary: string, why: string): Promise<void> {
  const untilMs = performance.now() + tidyWithinMs;
  while (readdirSync(temporary).length > 0 && performance.now() < untilMs)
    await new Promise((resume) => setTimeout(resume, 50));
  expect(readdirSync(temporary), why).toEqual([]);
}
