import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Globals and modules that would make two endorsers disagree. */
const NONDETERMINISTIC_GLOBALS = [
  'Date',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'Intl',
  'process',
];
const NONDETERMINISTIC_MODULES = [
  'fs',
  'net',
  'http',
  'https',
  'dns',
  'os',
  'child_process',
  'worker_threads',
  'timers',
  'perf_hooks',
];
const bannedModules = NONDETERMINISTIC_MODULES.flatMap((name) => [name, `node:${name}`, `node:${name}/promises`]);

/** The arrows between the packages: who may not import whom. */
const arrow = (files, forbidden) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: forbidden.map((name) => ({
          group: [`**/${name}/**`],
          message: `${files[0]} does not import ${name}/`,
        })),
      },
    ],
  },
});

/**
 * What of the committee's code a gateway uses: an attestor reads documents, and terminals at the gate check them. It never holds a share, and a wallet is the
 * fan's: only the tour, which plays the fans, has one.
 */
const committeeBut = (files, ...allowed) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...['network', 'test'].map((name) => ({
            group: [`**/${name}/**`],
            message: `${files[0]} does not import ${name}/`,
          })),
          {
            regex: `/committee/(?!(${allowed.join('|')})/)`,
            message: `of committee/ ${files[0]} imports ${allowed.join(', ')} only`,
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.guichet*/**', 'gateway/client/generated.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: new URL('..', import.meta.url).pathname },
    },
    rules: {
      complexity: ['error', 12],
      '@typescript-eslint/no-explicit-any': 'error',
      // `const { gone, ...rest } = record` is how a member is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['chaincode/**/*.ts'],
    ignores: ['chaincode/main.ts', 'chaincode/server.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...NONDETERMINISTIC_GLOBALS.map((name) => ({ name, message: 'endorsers would disagree' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'endorsers would disagree' },
        { property: 'localeCompare', message: 'endorsers would disagree: compare bytes' },
        { property: 'toLocaleString', message: 'endorsers would disagree' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: bannedModules.map((name) => ({ name, message: 'chaincode does no I/O' })),
          patterns: ['gateway', 'committee', 'network', 'test'].map((name) => ({
            group: [`**/${name}/**`],
            message: `chaincode does not import ${name}/`,
          })),
        },
      ],
    },
  },
  committeeBut(['gateway/**/*.ts'], 'attestor', 'client', 'gate', 'identity', 'messages', 'service'),
  committeeBut(['gateway/tour/**/*.ts'], 'client', 'crypto', 'gate', 'identity', 'service', 'wallet'),
  arrow(['committee/**/*.ts'], ['network', 'test', 'gateway']),
  arrow(['network/**/*.ts'], ['chaincode', 'committee', 'gateway', 'test']),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      complexity: 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly' },
    },
  },
  {
    // Runs inside the page, by the browser's tests.
    files: ['test/e2e/in-page.js', 'test/e2e/wallet-page.js'],
    languageOptions: {
      globals: { document: 'readonly', getComputedStyle: 'readonly', indexedDB: 'readonly', Node: 'readonly' },
    },
    rules: { complexity: 'off' },
  },
  prettier,
);
