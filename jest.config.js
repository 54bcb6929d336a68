/**
 * Four projects, quick ones first. Unit tests stand beside the code; what crosses features stands in test/.
 * TypeScript is compiled by swc in memory; packages that ship only ES modules are compiled too.
 */
const base = {
  rootDir: '.',
  testEnvironment: 'node',
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(mingo|temporal-polyfill|temporal-utils|i18next|react-i18next|@exodus|htmlparser2|domelementtype|domhandler|domutils|dom-serializer|entities)/)',
  ],
  modulePathIgnorePatterns: ['<rootDir>/data', '<rootDir>/agent-ui/dist'],
};

export default {
  // Machines that run the tests are often busy with other work: slowness is no failure.
  testTimeout: 60_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{shared,server,agent-ui}/**/*.test.{ts,tsx}',
        '<rootDir>/test/{streams,run,deployment}/**/*.test.ts',
      ],
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{store-conformance,integration,faults}/**/*.test.ts'],
    },
    { ...base, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
    { ...base, displayName: 'lab', testMatch: ['<rootDir>/test/pbx-lab/**/*.test.ts'] },
  ],
};
