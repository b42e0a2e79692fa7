import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lists } from '../../src/cli/commands/list.js';
import { renderListing, renderOverview } from '../../src/cli/list/layout.js';
import { brokerKinds } from '../../src/domain/broker/registry.js';
import { modeRows } from '../../src/domain/scenario/scenario.js';
import { hazardScenarios } from '../../src/cli/hazards/hazard-scenarios.js';
import { controls, hazards } from '../../src/diagnosis/hazards.js';
import { createTheme } from '../../src/report/terminal/theme.js';
import { strategies } from '../../src/strategy/registry.js';
import { expectUsageError, projectRoot, runCli } from './cli-process.js';

const theme = createTheme({ color: false, ascii: false });
const shipped = readdirSync(join(projectRoot, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && !file.startsWith('hazards'))
  .map((file) => file.replace('.yaml', ''));

const namesOf = {
  strategies: strategies.map(({ id }) => id),
  scenarios: shipped,
  modes: [...modeRows],
  hazards: [...hazards, ...controls].map(({ id }) => id),
  brokers: [...brokerKinds],
};
const words = Object.keys(namesOf) as (keyof typeof namesOf)[];

describe('list', () => {
  it('has everything in short', async () => {
    const { exitCode, stdout, stderr } = await runCli(['list']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expectEverything(stdout, 80);
  });

  it.each([40, 60, 80, 120])('fits %i columns', async (width) => {
    const listings = await Promise.all(words.map(async (word) => ({ word, ...(await lists[word]()) })));
    expectEverything(renderOverview(listings, { width, theme }), width);
    for (const { word, ...listing } of listings) {
      const text = renderListing(listing, { width, theme });
      for (const name of namesOf[word]) expect(text).toMatch(new RegExp(`^${name}(?:  |$)`, 'm'));
      expect(widestOf(text)).toBeLessThanOrEqual(width);
    }
  });

  it('says of a strategy what the registry says', async () => {
    const { stdout } = await runCli(['list', 'strategies'], { env: { COLUMNS: '500' } });
    for (const { summary, costs } of strategies) {
      expect(stdout).toContain(`  ${summary}\n`);
      expect(stdout).toContain(`  ${costs}\n`);
    }
  });

  it('is data with --json', async () => {
    const all = JSON.parse((await runCli(['list', '--json'])).stdout) as Record<string, Record<string, string>[]>;
    expect(Object.keys(all)).toEqual(words);
    for (const word of words) {
      const names = all[word]!.map(({ id, name, mode, kind }) => id ?? name ?? mode ?? kind);
      expect(names.toSorted()).toEqual(namesOf[word].toSorted());
    }
    expect(JSON.parse((await runCli(['list', 'modes', '--json'])).stdout)).toEqual(all['modes']);
  });

  it('says without colour what it says with it', async () => {
    const [plain, colored] = await Promise.all([
      runCli(['list', 'strategies']),
      runCli(['list', 'strategies'], { env: { FORCE_COLOR: '1' } }),
    ]);
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    expect(colored.stdout).toMatch(escapes);
    expect(colored.stdout.replace(escapes, '')).toBe(plain.stdout);
  });

  it('of something else is answered with the nearest one', async () => {
    expectUsageError(await runCli(['list', 'strategis']), 'there is no list of strategis', 'did you mean strategies?');
  });
});

describe('a hazard', () => {
  const provoked = hazardScenarios().filter(({ isControl }) => !isControl);
  it.each(provoked)('$id is provoked as list hazards says, and its remedy helps', async ({ id }) => {
    const { stdout } = await runCli(['run', `hazards/${id}`, '--json', '--quiet']);
    const cause = causesIn(stdout).find((one) => one.id === id);
    expect(cause).toBeDefined();
    const command = cause!.remedy.here;
    if (command === null) return;
    // The command that tries the remedy shows that it works.
    const [, ...words] = command.split(' ');
    const tried = await runCli([...words.filter((word) => word !== '--json'), '--json']);
    const left = causesIn(tried.stdout).filter(({ latent }) => cause!.latent || !latent);
    expect(
      left.map((one) => one.id),
      command,
    ).not.toContain(id);
  });
});

interface StoredCause {
  readonly id: string;
  readonly latent: boolean;
  readonly remedy: { readonly here: string | null };
}

function causesIn(json: string): readonly StoredCause[] {
  const { runs } = JSON.parse(json) as { readonly runs: readonly { readonly causes: readonly StoredCause[] }[] };
  return runs.flatMap(({ causes }) => causes);
}

/** All names are there, each on a line of its own, and the command that shows each list in full. */
function expectEverything(overview: string, width: number): void {
  for (const word of words) {
    expect(overview.replace(/\s+/g, ' ')).toContain(`(eventbus-bench list ${word})`);
    for (const name of namesOf[word]) expect(overview).toMatch(new RegExp(`^  ${name}(?:  |$)`, 'm'));
  }
  expect(widestOf(overview)).toBeLessThanOrEqual(width);
}

function widestOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
