// Who may import whom? Imports point towards src/domain; this file is the whole layer rule, and
// test/tools/layers.test.ts shows that each of its rules can fail. A folder's line says all that it may import from
// src/ besides itself; node's own modules are free to all but src/domain.

const layers = {
  domain: [],
  text: [],
  runtime: ['domain'],
  checker: ['domain', 'statistics'],
  comparison: ['domain', 'statistics', 'text'],
  diagnosis: ['domain'],
  judge: ['domain'],
  gate: ['domain', 'statistics', 'text', 'scenario', 'report'],
  report: ['domain', 'statistics', 'text'],
  scenario: ['domain', 'text'],
  observation: ['domain'],
  trace: ['domain', 'observation', 'text'],
  record: ['domain', 'checker', 'text'],
  sql: ['domain', 'text'],
  statistics: ['domain'],
  broker: ['domain', 'runtime/ports', 'runtime/bounded-queue', 'text'],
  workload: ['domain', 'runtime/ports', 'runtime/bounded-queue'],
  dispatch: ['domain', 'runtime/ports', 'runtime/bounded-queue', 'handler/delivery-handler'],
  handler: ['domain', 'runtime/ports', 'runtime/bounded-queue'],
  subscription: ['domain', 'runtime/ports', 'runtime/bounded-queue', 'broker/port'],
  strategy: ['domain', 'dispatch', 'subscription'],
  run: [
    'domain',
    'text',
    'gate',
    'runtime',
    'checker',
    'diagnosis',
    'judge',
    'report',
    'scenario',
    'observation',
    'trace',
    'record',
    'statistics',
    'comparison',
    'broker',
    'workload',
    'dispatch',
    'handler',
    'subscription',
    'strategy',
  ],
  matcher: ['domain', 'run/check-history', 'report/words'],
  cli: [
    'domain',
    'text',
    'run',
    'record',
    'trace/is-trace',
    'gate',
    'scenario',
    'checker',
    'diagnosis',
    'report',
    'sql',
  ],
};

/** The rooms of src/report, with the rooms that each may import. */
const reportRooms = {
  words: [],
  repeats: [],
  contract: ['words', 'repeats'],
  view: ['words', 'repeats'],
  terminal: ['view'],
  timeline: [],
  page: ['view', 'words', 'repeats'],
  exporters: ['view', 'words', 'repeats', 'contract', 'page', 'timeline'],
};

/** The registry of formats, the terminal's among them. */
const formatRegistry = '^src/report/exporters/formats\\.ts$';

/** Packages that only some folders may import: client libraries in their driver, parsers where input comes in. */
const packages = {
  nats: ['broker/nats'],
  kafkajs: ['broker/kafka'],
  '@platformatic/kafka': ['broker/kafka'],
  yaml: ['scenario'],
  zod: ['scenario', 'report'],
  jstat: ['statistics'],
  re2js: ['record'],
  fzstd: ['record'],
};

/** A path that names a folder (`dispatch`) or one file without its ending (`broker/port`). */
const under = (paths) => `^src/(?:${paths.join('|')})(?:/|\\.ts$)`;

const layerRules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  comment: `src/${folder} imports ${allowed.length === 0 ? 'nothing' : allowed.join(', ')} and itself only.`,
  severity: 'error',
  from: { path: under([folder]) },
  to: { path: '^src/', pathNot: under([folder, ...allowed]) },
}));

const reportRules = Object.entries(reportRooms).map(([room, allowed]) => ({
  name: `report-${room}`,
  comment: `src/report/${room} imports ${allowed.length === 0 ? 'no other room' : allowed.join(', ')} of src/report only.`,
  severity: 'error',
  from: { path: under([`report/${room}`]), pathNot: formatRegistry },
  to: { path: '^src/report/', pathNot: under([room, ...allowed].map((one) => `report/${one}`)) },
}));

const packageRules = Object.entries(packages).map(([name, folders]) => ({
  name: `only-there-${name}`,
  comment: `The package ${name} is imported in src/${folders.join(' and src/')} only.`,
  severity: 'error',
  from: { pathNot: under(folders) },
  to: { path: `(?:^|/)node_modules/${name}/` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...reportRules,
    ...packageRules,
    {
      name: 'domain-is-pure',
      comment: 'src/domain is vocabulary: it imports neither packages nor node modules.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'drivers-stand-alone',
      comment: 'A broker driver knows the port and what all share, never another driver.',
      severity: 'error',
      from: { path: '^src/broker/([^/]+)/' },
      to: { path: '^src/broker/[^/]+/', pathNot: ['^src/broker/$1/', '^src/broker/(?:private|produce)/'] },
    },
    {
      name: 'no-folder-outside-the-layers',
      comment: 'Every folder of src has a line in the layer rule.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: under(Object.keys(layers)) },
      to: {},
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one idea, or a type is in the wrong place.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is dead, unless a process or a thread begins there.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['^src/index\\.ts$', '^src/cli/main\\.ts$', '-worker\\.ts$', '(?:^|[/-])watchdog\\.ts$', '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'words-at-the-edge',
      comment:
        'Reasons, evidence and remedies are data until they are shown: only a report and a gate message word them.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/report/', '^src/gate/at-risk\\.ts$'] },
      to: { path: '^src/report/words/(?:reason|evidence|remedy)-text\\.ts$' },
    },
    {
      name: 'no-dev-dependencies',
      comment:
        "What is shipped runs without development dependencies, but for what extends a test runner: the user's own.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/matcher/vitest\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-way-back-to-the-tests',
      comment: 'src imports nothing from tests, tools or benchmarks.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(?:test|tools|benchmarks)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type imports are imports: a layer that knows another's types knows it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
