/**
 * What an interrupted run leaves on a server that the user named: nothing, or what `clean` removes, if it said so. A
 * consumer group can be removed once the session of a killed member is over, so `clean` may have to be run again.
 */
import { expect } from 'vitest';
import { runCli } from './cli-process.js';
import type { Interrupted } from './interrupted-moments.js';

/** Longer than a session. */
const cleanWithinMs = 60_000;
const everyMs = 1_000;

/** @param server the flags that name the server */
export async function expectNothingLeft(server: readonly string[], { stderr }: Interrupted, why: string) {
  const untilMs = performance.now() + (stderr.includes('may be left') ? cleanWithinMs : 0);
  for (;;) {
    const { stdout } = await runCli(['clean', ...server]);
    if (stdout.startsWith('nothing of')) return;
    if (performance.now() > untilMs) expect(stdout, `${why}\n${stderr}`).toMatch(/^nothing of/);
    await new Promise((resume) => setTimeout(resume, everyMs));
  }
}
