/** The gate over many seeds, at a scale that a test can afford: no exit code is wrong, and a wrong one would be seen. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

function soak(...args: string[]) {
  return spawnSync(process.execPath, ['tools/gate-soak.mjs', ...args], { encoding: 'utf8' });
}

it('never exits with a wrong code over 40 seeds of a row that keeps order and one that does not', () => {
  const { status, stdout } = soak('--seeds', '40');
  expect(stdout).toContain('0 wrong of 80');
  expect(status, stdout).toBe(0);
}, 60_000);

it('counts a wrong code, and says how to repeat it', () => {
  const { status, stdout } = soak('--seeds', '2', '--ordered', 'multi/shared', '--broken', 'single');
  expect(status).toBe(1);
  expect(stdout).toContain('exit 1 instead of 0: run --broker sim --mode multi/shared --max-violations 0 --seed 1');
  expect(stdout).toContain('4 wrong of 4');
}, 60_000);
