const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  globalSetup: '<rootDir>/__tests__/support/global-setup.ts',
  globalTeardown: '<rootDir>/__tests__/support/global-teardown.ts',
  transform: { '^.+\\.ts$': '@swc/jest' },
  // Examples name the package as a stranger would.
  moduleNameMapper: { '^oriso-matrix$': '<rootDir>/lib' },
  // Compiled JavaScript must never shadow the TypeScript it came from.
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  // Python leaves its own compiled code beside scripts that are run by hand.
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/', '/__pycache__/'],
};

/** @type {import('jest').Config} */
module.exports = {
  // By default Jest leaves one core free, and so uses one of two.
  maxWorkers: 2,
  // A machine that does other work too takes its time.
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: [
        '<rootDir>/__tests__/e2e/',
        '<rootDir>/__tests__/combinations/',
        '<rootDir>/__tests__/rules/',
      ],
    },
    { ...shared, displayName: 'combinations', testMatch: ['<rootDir>/__tests__/combinations/**/*.test.ts'] },
    { ...shared, displayName: 'rules', testMatch: ['<rootDir>/__tests__/rules/**/*.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/__tests__/e2e/**/*.test.ts'] },
  ],
};
