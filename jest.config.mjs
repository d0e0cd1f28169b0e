/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/architecture'],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  // tools/run-tests.mjs runs the long suites and those of the published data by themselves.
  testPathIgnorePatterns: [
    '/node_modules/',
    '\\.long\\.spec\\.ts$',
    '\\.oracle\\.spec\\.ts$',
    '-oracle\\.e2e-spec\\.ts$',
    '/architecture/fixtures/',
  ],
  testTimeout: 30_000,
  // lmdb keeps its first callback, and with it all modules of a suite, unless this says that there is one. It is of getAsync only.
  globals: { __lmdb_read_callback: true },
  // Some suites wait for real processes most of the time: two at once, also where there are two cores.
  maxWorkers: 2,
  testSequencer: '<rootDir>/tools/slow-suites-first.cjs',
  reporters: ['default', '<rootDir>/tools/closing-line-reporter.mjs'],
  // Sources are ES modules; Jest runs them as CommonJS. On Node 20 and 22 Jest cannot require() an ES module
  // (it can from Node 24.9 on), so the ES-module packages among the dependencies are compiled too.
  transformIgnorePatterns: [],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
    'node_modules/.+\\.m?js$': '<rootDir>/tools/jest-esm-packages.cjs',
  },
  moduleNameMapper: {
    '^@app/http/start$': '<rootDir>/libs/http/src/service/start.ts',
    '^@app/([\\w-]+)/events$': '<rootDir>/libs/$1/src/$1.events.ts',
    '^@app/([\\w-]+)/commands$': '<rootDir>/libs/$1/src/$1.commands.ts',
    '^@app/([\\w-]+)$': '<rootDir>/libs/$1/src/index.ts',
    // Every suite would read the sentences of zod in fifty languages.
    '/locales/index\\.cjs$': '<rootDir>/node_modules/zod/v4/locales/en.cjs',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
