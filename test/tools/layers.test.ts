/**
 * Tests that the layer check finds offenders. Every rule of .dependency-cruiser.cjs is shown to fail, each by one
 * import in a made-up tree, and the tree without those imports passes. A rule without its offender here fails the last
 * test.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchTree } from './scratch-tree.js';

const configFile = resolve('.dependency-cruiser.cjs');
const config = createRequire(import.meta.url)(configFile) as { forbidden: { name: string }[] };

interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const entryPoint = 'src/index.ts';

const packages = Object.fromEntries(
  ['nats', 'kafkajs', '@platformatic/kafka', 'yaml', 'zod', 'jstat', 're2js', 'fzstd', 'left-over'].flatMap((name) => [
    [`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`],
    [`node_modules/${name}/index.js`, 'module.exports = {};'],
  ]),
);

const manifest = {
  'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext", "moduleResolution": "NodeNext" } }',
  'package.json': JSON.stringify({
    name: 'made-up',
    type: 'module',
    dependencies: {
      ...{ nats: '1', kafkajs: '1', '@platformatic/kafka': '1', yaml: '1', zod: '1', jstat: '1' },
      ...{ re2js: '1', fzstd: '1' },
    },
    devDependencies: { 'left-over': '1' },
  }),
  ...packages,
};

/** One allowed import each, so that a file exists in every place that offenders import from or point to. */
const orderly: Record<string, readonly string[]> = {
  [entryPoint]: ['./run/run.js', './domain/event.js'],
  'src/domain/event.ts': [],
  'src/runtime/ports.ts': ['../domain/event.js'],
  'src/runtime/bounded-queue.ts': [],
  'src/runtime/virtual/world.ts': ['../ports.js'],
  'src/checker/check.ts': ['../domain/event.js'],
  'src/diagnosis/diagnose.ts': ['../domain/event.js'],
  'src/judge/judge.ts': ['../domain/event.js'],
  'src/report/terminal/table.ts': ['../../domain/event.js', '../view/view.js'],
  'src/report/view/view.ts': ['../words/reason-text.js', '../repeats/groups.js'],
  'src/report/contract/schema.ts': ['../words/reason-text.js', '../repeats/groups.js', 'zod'],
  'src/report/exporters/csv.ts': ['../view/view.js', '../contract/schema.js', '../words/reason-text.js'],
  'src/report/exporters/formats.ts': ['./csv.js', '../terminal/table.js'],
  'src/report/repeats/groups.ts': [],
  'src/gate/gate.ts': ['../domain/event.js', '../scenario/parse.js', '../report/terminal/table.js'],
  'src/trace/trace-reader.ts': ['../domain/event.js', '../observation/record.js'],
  'src/report/words/reason-text.ts': [],
  'src/scenario/parse.ts': ['../domain/event.js', 'yaml', 'zod'],
  'src/observation/record.ts': ['../domain/event.js', 'node:fs'],
  'src/text/numbers.ts': [],
  'src/statistics/interval.ts': ['../domain/event.js', 'jstat'],
  'src/comparison/compare.ts': ['../domain/event.js', '../statistics/interval.js', '../text/numbers.js'],
  'src/broker/port.ts': ['../domain/event.js'],
  'src/broker/nats/driver.ts': ['../port.js', '../../runtime/ports.js', 'nats'],
  'src/broker/kafka/driver.ts': ['../port.js', 'kafkajs', '@platformatic/kafka'],
  'src/broker/sim/model.ts': ['../port.js', '../../runtime/bounded-queue.js'],
  'src/workload/publish.ts': ['../domain/event.js', '../runtime/ports.js'],
  'src/dispatch/dispatcher.ts': ['../runtime/ports.js', '../runtime/bounded-queue.js'],
  'src/handler/handle.ts': ['../runtime/ports.js'],
  'src/subscription/loop.ts': ['../broker/port.js', '../runtime/ports.js'],
  'src/strategy/keyed.ts': ['../dispatch/dispatcher.js', '../subscription/loop.js'],
  'src/run/run.ts': [
    '../runtime/virtual/world.js',
    '../checker/check.js',
    '../diagnosis/diagnose.js',
    '../judge/judge.js',
    '../gate/gate.js',
    '../trace/trace-reader.js',
    '../observation/record.js',
    '../statistics/interval.js',
    '../broker/nats/driver.js',
    '../broker/kafka/driver.js',
    '../broker/sim/model.js',
    '../workload/publish.js',
    '../handler/handle.js',
    '../strategy/keyed.js',
  ],
  'src/run/threads/bus-worker.ts': ['../run.js'],
  'src/broker/nats/server-watchdog.ts': [],
  'src/run/check-history.ts': ['../domain/event.js'],
  'src/matcher/index.ts': ['./vitest.js', '../run/check-history.js'],
  'src/matcher/vitest.ts': ['left-over'],
  'src/cli/main.ts': ['../run/run.js', '../scenario/parse.js', '../report/exporters/formats.js', '../gate/gate.js'],
};

/** Rule → the file that breaks it, and what it imports to do so. Type imports count as imports. */
const offenders: Record<string, readonly [from: string, specifier: string]> = {
  'layer-domain': ['src/domain/late.ts', '../checker/check.js'],
  'layer-runtime': ['src/runtime/late.ts', '../broker/port.js'],
  'layer-checker': ['src/checker/late.ts', '../observation/record.js'],
  'layer-diagnosis': ['src/diagnosis/late.ts', '../checker/check.js'],
  'layer-judge': ['src/judge/late.ts', '../checker/check.js'],
  'layer-gate': ['src/gate/late.ts', '../run/run.js'],
  'layer-trace': ['src/trace/late.ts', '../checker/check.js'],
  'layer-record': ['src/record/late.ts', '../run/run.js'],
  'layer-sql': ['src/sql/late.ts', '../checker/check.js'],
  'layer-report': ['src/report/late.ts', '../diagnosis/diagnose.js'],
  'report-words': ['src/report/words/late.ts', '../view/view.js'],
  'report-repeats': ['src/report/repeats/late.ts', '../words/reason-text.js'],
  'report-contract': ['src/report/contract/late.ts', '../exporters/csv.js'],
  'report-view': ['src/report/view/late.ts', '../terminal/table.js'],
  'report-terminal': ['src/report/terminal/late.ts', '../exporters/csv.js'],
  'report-timeline': ['src/report/timeline/late.ts', '../view/view.js'],
  'report-page': ['src/report/page/late.ts', '../terminal/table.js'],
  'report-exporters': ['src/report/exporters/late.ts', '../terminal/table.js'],
  'layer-scenario': ['src/scenario/late.ts', '../runtime/ports.js'],
  'layer-observation': ['src/observation/late.ts', '../runtime/ports.js'],
  'layer-comparison': ['src/comparison/late.ts', '../checker/check.js'],
  'layer-text': ['src/text/late.ts', '../domain/event.js'],
  'layer-statistics': ['src/statistics/late.ts', '../checker/check.js'],
  'layer-broker': ['src/broker/late.ts', '../runtime/virtual/world.js'],
  'layer-workload': ['src/workload/late.ts', '../broker/port.js'],
  'layer-dispatch': ['src/dispatch/late.ts', '../subscription/loop.js'],
  'layer-handler': ['src/handler/late.ts', '../dispatch/dispatcher.js'],
  'layer-subscription': ['src/subscription/late.ts', '../broker/nats/driver.js'],
  'layer-strategy': ['src/strategy/late.ts', '../runtime/ports.js'],
  'layer-run': ['src/run/late.ts', '../cli/main.js'],
  'layer-matcher': ['src/matcher/late.ts', '../checker/check.js'],
  'layer-cli': ['src/cli/late.ts', '../broker/port.js'],
  'only-there-nats': ['src/run/uses-nats.ts', 'nats'],
  'only-there-kafkajs': ['src/broker/nats/uses-kafka.ts', 'kafkajs'],
  'only-there-@platformatic/kafka': ['src/broker/sim/uses-platformatic.ts', '@platformatic/kafka'],
  'only-there-yaml': ['src/report/uses-yaml.ts', 'yaml'],
  'only-there-zod': ['src/cli/uses-zod.ts', 'zod'],
  'only-there-jstat': ['src/run/uses-jstat.ts', 'jstat'],
  'only-there-re2js': ['src/run/matches-lines.ts', 're2js'],
  'only-there-fzstd': ['src/cli/unpacks.ts', 'fzstd'],
  'domain-is-pure': ['src/domain/reads-files.ts', 'node:fs'],
  'drivers-stand-alone': ['src/broker/kafka/borrows.ts', '../nats/driver.js'],
  'no-folder-outside-the-layers': ['src/utils/helpers.ts', '../domain/event.js'],
  'no-circular': ['src/checker/ring-a.ts', './ring-b.js'],
  'no-orphans': ['src/checker/nobody.ts', ''],
  'no-unresolvable': ['src/checker/lost.ts', './gone.js'],
  'words-at-the-edge': ['src/cli/reads-reasons.ts', '../report/words/reason-text.js'],
  'no-dev-dependencies': ['src/report/ships-tools.ts', 'left-over'],
  'no-way-back-to-the-tests': ['src/checker/cheats.ts', '../../test/answers.js'],
};

const companions: Record<string, readonly string[]> = {
  'src/checker/ring-b.ts': ['./ring-a.js'],
  'test/answers.ts': [],
};

describe('the layer check', () => {
  it('passes a tree in which every layer imports what it may', () => {
    expect(violations(orderly)).toEqual([]);
  });

  it('catches, for every rule, an import that breaks it', () => {
    const broken = Object.values(offenders).map(([from, specifier]) => [from, specifier === '' ? [] : [specifier]]);
    // Offenders are imported by the library entry, which may import anything, lest all of them be orphans.
    const wanted = Object.entries(offenders).flatMap(([rule, [from]]) => (rule === 'no-orphans' ? [] : [from]));
    const entry = [...orderly[entryPoint]!, ...wanted.map((path) => path.replace('src/', './').replace(/ts$/, 'js'))];
    const found = violations({
      ...orderly,
      ...companions,
      ...(Object.fromEntries(broken) as Record<string, readonly string[]>),
      [entryPoint]: entry,
    });

    const caught = Object.entries(offenders).filter(([rule, [from]]) =>
      found.some((violation) => violation.rule === rule && violation.from === from),
    );
    expect(caught.map(([rule]) => rule)).toEqual(Object.keys(offenders));
    expect(new Set(found.map((violation) => violation.from))).toEqual(
      new Set(Object.values(offenders).map(([from]) => from)),
    );
  });

  it('has an offender here for every rule that it holds', () => {
    expect(config.forbidden.map((rule) => rule.name).sort()).toEqual(Object.keys(offenders).sort());
  });

  it('does not take a worker, a watchdog, the library entry or the command line for dead code', () => {
    const alone = [
      'src/index.ts',
      'src/cli/main.ts',
      'src/run/threads/bus-worker.ts',
      'src/broker/nats/private/watchdog.ts',
    ];
    expect(violations(Object.fromEntries(alone.map((path) => [path, []])))).toEqual([]);
  });

  it('fails as a command when a rule is broken', () => {
    const root = scratchTree(sources({ 'src/domain/late.ts': ['node:fs'], 'src/index.ts': ['./domain/late.js'] }));
    expect(spawnSync(process.execPath, [depcruise(), '--config', configFile, 'src'], { cwd: root }).status).toBe(1);
  });
});

function violations(imports: Readonly<Record<string, readonly string[]>>): Violation[] {
  const root = scratchTree(sources(imports));
  const args = [depcruise(), '--config', configFile, '--output-type', 'json', 'src'];
  const ended = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const result = JSON.parse(ended.stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

function sources(imports: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  const files = Object.entries(imports).map(([path, specifiers]) => {
    const lines = specifiers.map((specifier, i) => `import type { made as _${i} } from '${specifier}';\n`);
    return [path, `${lines.join('')}export const made = 'up';\n`];
  });
  return { ...manifest, ...(Object.fromEntries(files) as Record<string, string>) };
}

function depcruise(): string {
  return resolve('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
}
