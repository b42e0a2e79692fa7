// What may code in this repository not do, beyond what the compiler and the formatter hold? Three parts: the strictest
// type-checked rules for TypeScript; the determinism rule (time, timers and chance come through src/runtime/ports.ts,
// so only the few places that implement those ports may touch the real ones); and plain rules for the scripts.
import tseslint from 'typescript-eslint';

/** Where the real clock, real timers and real chance may be used: what implements the ports, and what wires them. */
const realTimeFolders = [
  'src/runtime/threads/**',
  'src/run/**',
  'src/cli/**',
  'src/broker/nats/**',
  'src/broker/kafka/**',
  'src/broker/private/**',
  'src/broker/fetch/**',
];

const throughPorts = 'Time, timers and chance come through src/runtime/ports.ts, so that a run can be repeated.';

const wordsAreShown =
  'Reasons, evidence and remedies are data: go by kind and numbers. Their words are for people, and nothing reads them back.';
/** Methods that look for something in a text. */
const looksInto =
  '/^(?:test|exec|match|matchAll|search|includes|startsWith|endsWith|indexOf|lastIndexOf|replace|replaceAll|split|slice)$/';
const worded = '/^(?:reasonText|evidenceText|remedyText)$/';
/** What holds a reason, a claim or a remedy, by the names that such a variable has. */
const holder = '/^(?:reason|evidence|claim|remedy)$/';

/** No code reads back what it has put into words, nor the words from elsewhere that data carries in `detail`. */
const wordsAreNotRead = [
  `CallExpression[callee.property.name=${looksInto}] CallExpression[callee.name=${worded}]`,
  `CallExpression[callee.property.name=${looksInto}] MemberExpression[object.name=${holder}][property.name=/^(?:detail|text)$/]`,
  `BinaryExpression[operator=/^[!=]==?$/] > CallExpression[callee.name=${worded}]`,
  `SwitchStatement > CallExpression.discriminant[callee.name=${worded}]`,
  `SwitchStatement > MemberExpression.discriminant[object.name=${holder}][property.name=/^(?:detail|text)$/]`,
  `BinaryExpression[operator=/^[!=]==?$/]:not([right.value=null]) > MemberExpression.left[object.name=${holder}][property.name=/^(?:detail|text)$/]`,
].map((selector) => ({ selector, message: wordsAreShown }));

const traitsAreAsked =
  'Ask what a broker is like: traitsOf(kind) of src/domain/broker/registry.ts, or what a connection can do of src/broker/port.ts.';
const brokerLiteral = 'Literal[value=/^(?:sim:.*|jetstream|kafka|nats)$/]';

/** Which broker it is, and which kind of topology, is nobody's business but the registry's and topology-kind.ts's. */
const brokersAreNotTold = [
  `BinaryExpression[operator=/^[!=]==?$/] > ${brokerLiteral}`,
  'CallExpression[callee.property.name=/^(?:includes|startsWith)$/] > Literal[value=/^(?:sim:.*|kafka|nats)$/]',
  'SwitchCase > Literal[value=/^sim:/]',
].map((selector) => ({ selector, message: traitsAreAsked }));

const plainSyntax = [...wordsAreNotRead, ...brokersAreNotTold];

const determinism = {
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'setImmediate', 'performance', 'crypto'].map((name) => ({
      name,
      message: throughPorts,
    })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: throughPorts },
    { object: 'Date', property: 'now', message: throughPorts },
    { object: 'process', property: 'hrtime', message: throughPorts },
    { object: 'globalThis', property: 'setTimeout', message: throughPorts },
    { object: 'globalThis', property: 'performance', message: throughPorts },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: throughPorts },
    { selector: "CallExpression[callee.name='Date']", message: throughPorts },
    ...plainSyntax,
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: [
        ...['node:timers', 'node:timers/promises', 'node:perf_hooks'].map((name) => ({ name, message: throughPorts })),
        {
          name: 'node:crypto',
          importNames: ['default', 'getRandomValues', 'randomBytes', 'randomInt', 'randomUUID', 'webcrypto'],
          message: throughPorts,
        },
      ],
    },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.cache/', 'reports/'] },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // Everywhere: even where chance may be real, it is a seed from node:crypto that is printed.
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: throughPorts }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      // Array reads that are in bounds by construction say so with `!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A sink that ignores an observation says so with an empty method.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['methods', 'arrowFunctions'] }],
      // An async function that awaits nothing still turns what it throws into a rejection, which ports promise.
      '@typescript-eslint/require-await': 'off',
    },
  },

  {
    // A function fits on a screen.
    files: ['src/**/*.ts', 'page/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }] },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...plainSyntax] } },
  { files: ['src/**/*.ts'], ignores: realTimeFolders, rules: determinism },
  {
    // The virtual scheduler gives the event loop a turn now and then, so that a signal is heard, and watches for a
    // simulation that stands still. Neither is a clock: nothing that a run computes depends on them.
    files: ['src/runtime/virtual/**/*.ts', 'src/domain/in-steps.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...determinism['no-restricted-globals']
          .slice(1)
          .filter(({ name }) => !/^set(?:Immediate|Interval)$/.test(name)),
      ],
    },
  },

  {
    files: ['test/**/*.ts', 'benchmarks/**/*.ts'],
    rules: {
      '@typescript-eslint/no-empty-function': 'off',
      // `expect(stream.write)` looks at a mock; it calls nothing.
      '@typescript-eslint/unbound-method': 'off',
      // A failing expectation reads better with the value that it was not meant to have.
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  { files: ['benchmarks/**/*.ts'], rules: { 'no-console': 'off' } },

  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'no-unreachable': 'error',
      'no-dupe-keys': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
    },
  },
);
