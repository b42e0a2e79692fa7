// The test projects, in groups: everything that needs no server first, on all cores; then what talks to real servers,
// one file at a time, so that servers and worker threads have the machine to themselves. `npm test` runs all but what
// takes long on real servers: everything on Kafka, whose waits are its own (sessions that time out, groups that
// settle), and whole runs of the program. That is `npm run test:real`. What strategies claim, and how verdicts answer
// to interventions, takes many seeds under many conditions: `npm run test:claims`. There, too, is what starts the built
// program hundreds of times: the table of bad inputs, and interrupts at random moments.
//
// EVENTBUS_BENCH_REQUIRE_BROKERS=1   a broker test that would be skipped fails the run (CI)
// EVENTBUS_BENCH_TEST_REPORT=FILE    also writes the results there as JSON (.ci/run counts them)
// EVENTBUS_BENCH_DRAW_SEED=N         draws other sizes for light and sound runs (test/run/drawn-runs.ts)
// EVENTBUS_BENCH_SOUND_RUNS=N        draws so many sound runs, instead of 1,000 (test/diagnosis/many-sound-runs.test.ts)
// EVENTBUS_BENCH_MUTATED=N            damages so many lines of records, instead of 100,000 (test/property/record/mutated-lines.test.ts)
import { defineConfig } from 'vitest/config';
import { RequireBrokers } from './test/setup-require-brokers.js';

const long = [
  'kafka-*',
  'interventions',
  'strategies',
  'topologies',
  'nats-strategies',
  'nats-lost',
  'nats-interrupted',
  'cli',
  'notes',
];
const longVerdicts = ['false-passes', 'light-runs', 'perturbed-runs', 'sound-runs'];
const longTests = [
  ...[...long, ...longVerdicts].map((name) => `test/brokers/${name}.test.ts`),
  // Hundreds of scripts that are mostly waits.
  'test/conformance/random/*.test.ts',
];
// Each repeats a race until its cause shows; `npm run test:mechanisms`, beside the suites of .ci/run.
const mechanismTests = ['nats', 'kafka'].map((name) => `test/brokers/${name}-everyday-mechanisms.test.ts`);
const claims = [
  'strategies',
  'strategies-under-load',
  'broker-side-guarantees',
  'interventions',
  'kafka-interventions',
  'perturbed-runs',
  'light-runs',
  'sound-runs',
  'crash',
  'replicas',
  'resize',
  'version-gate',
];
const claimTests = [
  ...claims.map((name) => `test/run/${name}.test.ts`),
  // Each starts the built program many times.
  ...[
    'bad-input',
    'check',
    'check-record-damaged',
    'check-record-formats',
    'check-record-live',
    'ci-docs',
    'compare',
    'diagnose',
    'doctor',
    'gate',
    'hazards',
    'interrupted-moments',
    'list',
    'misbehaving-servers',
    'narrow-tables',
    'page/open-page',
    'pipes',
    'plan',
    'report',
    'run',
    'seeds',
    'shipped-scenarios',
    'sweep',
  ].map((name) => `test/cli/${name}.test.ts`),
  'test/cli/live/in-a-terminal.test.ts',
  'test/diagnosis/claims-about-runs.test.ts',
  'test/diagnosis/contained-causes.test.ts',
  'test/diagnosis/drawn-causes.test.ts',
  'test/diagnosis/everyday-mechanisms.test.ts',
  'test/diagnosis/hazard-pairs.test.ts',
  'test/diagnosis/injected-anomalies.test.ts',
  'test/diagnosis/latent-causes.test.ts',
  'test/diagnosis/many-sound-runs.test.ts',
  'test/diagnosis/stripped-traces.test.ts',
  'test/diagnosis/witnessed-mechanisms.test.ts',
  'test/diagnosis/mutated-strategies.test.ts',
  // Runs that are drawn, and the files of other programs that are made of them.
  'test/report/exporters/drawn-timelines.test.ts',
  // Every format with each of many names.
  'test/property/hostile/*.test.ts',
  'test/property/record/*.test.ts',
  'test/property/signatures.test.ts',
  'test/property/trace-cut.test.ts',
  'test/property/trace-mutated.test.ts',
  'test/run/check-trace.test.ts',
  'test/tools/other-node.test.ts',
  'test/sql/check.test.ts',
  'test/sql/engines.test.ts',
  'test/sql/records.test.ts',
  'test/run/parallel/parallel-rows.test.ts',
  'test/false-passes/**/*.test.ts',
  'test/tools/gate-soak.test.ts',
  'test/tools/brokers.test.ts',
  // Packs the package, and installs jest.
  'test/matcher/packed-package.test.ts',
  // The page of a report in a real browser.
  'test/page/*.test.ts',
  // Compilers of five languages.
  'test/your-bus/handlers.test.ts',
];
const brokerTests = ['test/brokers/**/*.test.ts', 'test/conformance/**/*.test.ts'];

const report = process.env['EVENTBUS_BENCH_TEST_REPORT'];
const brokersRequired = process.env['EVENTBUS_BENCH_REQUIRE_BROKERS'] === '1';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: [
      'default',
      ...(brokersRequired ? [new RequireBrokers()] : []),
      ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', { outputFile: string }]]),
    ],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...brokerTests, ...claimTests],
          testTimeout: 20_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'claims',
          include: claimTests,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'brokers',
          include: brokerTests,
          exclude: [...longTests, ...mechanismTests],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: longTests,
          exclude: mechanismTests,
          globalSetup: ['test/brokers/shared-kafka.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'mechanisms',
          include: mechanismTests,
          globalSetup: ['test/brokers/shared-kafka.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
