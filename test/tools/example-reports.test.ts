/**
 * Tests that the reports in reports/examples are up to date in form: they hold what this version would write of the
 * same runs, and text and page are what it makes of them. Their figures are those of the runs, and stay.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/contract/json.js';
import { parseReport } from '../../src/report/contract/parse-report.js';
import { projectRoot, runCli } from '../cli/cli-process.js';

const folder = join(projectRoot, 'reports', 'examples');
const names = ['comparison', 'incident'];
const wayOut = 'npm run build && node tools/example-reports.mjs --render';

function textOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

/** Paths of the fields that hold something, list places left out. */
function filledFields(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [path];
  if (Array.isArray(value)) return value.flatMap((item) => filledFields(item, path));
  return Object.entries(value).flatMap(([key, child]) => filledFields(child, `${path}.${key}`));
}

describe('reports/examples', () => {
  it('holds the incident and the comparison, each as JSON, text and page, and links to them', () => {
    const files = names.flatMap((name) => ['html', 'json', 'txt'].map((ending) => `${name}.${ending}`));
    expect(readdirSync(folder).sort()).toEqual(['README.md', ...files].sort());
    const links = [...textOf('README.md').matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
    expect(files.filter((file) => !links.includes(file))).toEqual([]);
  });

  it('has the incident on the simulator and on a real server, with order lost on both', () => {
    const { runs } = parseReport(textOf('incident.json'));
    const violated = runs.filter(({ outcome }) => outcome === 'violated').map(({ broker }) => broker.kind);
    expect(violated).toEqual(['sim:jetstream', 'nats']);
  });

  it('has whatever a run of today writes down', async () => {
    const asked = ['--aggregates', '16', '--versions', '15', '--workers', '8', '--handler-time', '0-5ms'];
    const { stdout } = await runCli(['run', 'incident', ...asked, '--queue-size', '4', '--json', '--quiet']);
    const today = filledFields(JSON.parse(stdout));
    expect(today).toContain('.runs.timelines.aggregates.rows');
    const kept = new Set(filledFields(JSON.parse(textOf('incident.json'))));
    expect([...new Set(today)].filter((field) => !kept.has(field))).toEqual([]);
  });
});

describe.each(names)('the example %s', (name) => {
  it('is a report of the current schema, with every field', () => {
    const ajv = new Ajv2020({
      ...{ strict: true, strictRequired: false, allowUnionTypes: true },
      formats: { 'date-time': true },
    });
    const schema = JSON.parse(readFileSync(join(projectRoot, 'docs', 'report.schema.json'), 'utf8')) as object;
    const validate = ajv.compile(schema);
    const text = textOf(`${name}.json`);
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(renderJson(parseReport(text))).toBe(text);
  });

  it.each([
    ['text', 'txt', []],
    ['page', 'html', ['--format', 'html']],
  ] as const)(`has the %s that is made of it today (if not: ${wayOut})`, async (_, ending, format) => {
    const shown = ['report', `reports/examples/${name}.json`, ...format];
    const { stdout } = await runCli(shown, { cwd: projectRoot, env: { COLUMNS: '80', NO_COLOR: '1' } });
    expect(stdout === textOf(`${name}.${ending}`)).toBe(true);
  });
});
