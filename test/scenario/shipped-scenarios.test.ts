import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectationKeysOf } from '../../src/domain/scenario/scenario.js';
import { checkGates } from '../../src/gate/gate.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { loadScenarioFile } from '../../src/scenario/file/scenario-file.js';
import { strategyIds } from '../../src/strategy/registry.js';

const folder = new URL('../../scenarios/', import.meta.url);

describe('every scenario in scenarios/', () => {
  it.each(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')))(
    '%s is valid, described, and expects something of every row',
    (file) => {
      const loaded = loadScenarioFile(fileURLToPath(new URL(file, folder)), { strategies: strategyIds });
      const scenario = resolveScenario({ file: loaded, flags: {}, strategies: strategyIds });
      checkGates(scenario);
      expect(scenario.name).toBe(file.replace('.yaml', '').replaceAll('/', '-'));
      expect(loaded.settings.description).toMatch(/\.$/);
      const expected = Object.keys(scenario.expect);
      const without = scenario.rows.filter((row) =>
        scenario.brokers.some((broker) => !expectationKeysOf(row, broker).some((key) => expected.includes(key))),
      );
      expect(without).toEqual([]);
    },
  );
});
