/**
 * Each hazard once more, from its trace alone, with the scenario and all claims taken out of the header: the diagnosis
 * reads observations only, so it finds the same, to the last number.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { checkTrace } from '../../src/run/check-trace.js';
import { runScenario } from '../../src/run/run-scenario.js';
import { loadScenarioFile } from '../../src/scenario/file/scenario-file.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { strategyIds } from '../../src/strategy/registry.js';
import { ScratchFile } from '../observation/fixtures.js';

const folder = new URL('../../scenarios/hazards/', import.meta.url);
const hazards = readdirSync(folder).map((file) => file.replace('.yaml', ''));

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

async function recorded(hazard: string, seed: number): Promise<RunReport> {
  const path = new URL(`${hazard}.yaml`, folder).pathname;
  const file = loadScenarioFile(path, { strategies: strategyIds });
  const scenario = resolveScenario({ file, flags: { seed: String(seed) }, strategies: strategyIds });
  return runScenario(scenario, {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath: scratch.path,
    command: ['run'],
  });
}

/** As if the history had been recorded elsewhere: nobody knows how the bus was set up, or what was done to it. */
function strip(): void {
  const lines = readFileSync(scratch.path, 'utf8').split('\n');
  const stripped = lines.map((line) => (line.startsWith('{"kind":"header"') ? strippedHeader(line) : line));
  writeFileSync(scratch.path, stripped.join('\n'));
}

function strippedHeader(line: string): string {
  const header = JSON.parse(line) as Record<string, unknown> & {
    readonly scenario: { readonly orderScope: string };
    readonly claims: { readonly clock: string; readonly minAtRisk: number };
  };
  const record = {
    orderScope: header.scenario.orderScope,
    stages: ['publish', 'store', 'deliver', 'submit', 'start', 'finish'],
  };
  const nothing = Object.fromEntries(Object.keys(header.claims).map((key) => [key, null]));
  const { clock, minAtRisk } = header.claims;
  const claims = {
    ...nothing,
    ...{ repairsInput: false, queues: [], disturb: [], handlerFailShare: 0, clock, minAtRisk },
  };
  return JSON.stringify({ ...header, scenario: null, record, claims });
}

function diagnosisOf({ id, causes, unexplained }: RunRow): object {
  return { id, unexplained, causes: causes.filter(({ latent }) => !latent) };
}

describe('a trace whose header says nothing of how it was made', () => {
  it.each(hazards)('has the causes of the run: %s', async (hazard) => {
    for (const seed of [1, 2, 3]) {
      const { runs } = await recorded(hazard, seed);
      strip();
      const checked = await checkTrace(scratch.path);
      const why = `eventbus-bench hazards ${hazard} --seed ${String(seed)}`;
      expect(checked.scenario, why).toBeNull();
      expect(checked.runs.map(diagnosisOf), why).toEqual(runs.map(diagnosisOf));
    }
  });
});
