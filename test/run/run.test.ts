import { sameModules } from '../../server/cli/modules.js';
import { run } from './process.js';
import { steps } from './steps.js';
import { count, countJest, table } from './tally.js';

describe('which steps run', () => {
  const names = (wanted: string[], forJest: string[] = []) => steps(wanted, forJest).map(({ name }) => name);

  test.each([
    [
      'all, quick ones first',
      [],
      [],
      /^install format types types-page directions unused build unit integration browser lab$/,
    ],
    ['a named one alone', ['unit'], [], /^install unit$/],
    ['the checks together', ['checks'], [], /^install format types types-page directions unused build$/],
    ['the browser suite needs the page', ['browser'], [], /^install build browser$/],
    [
      'arguments for Jest mean tests only',
      [],
      ['-t', 'transfer'],
      /^install build unit integration browser lab$/,
    ],
  ])('%s', (_what, wanted, forJest, expected) => {
    expect(names(wanted, forJest).join(' ')).toMatch(expected);
  });
});

describe('the count', () => {
  test('a suite that could not run is a failure', () => {
    expect(
      countJest({ numPassedTests: 7, numFailedTests: 1, numRuntimeErrorTestSuites: 2, numPendingTests: 0 }),
    ).toEqual({ passed: 7, failed: 3, note: '2 suites could not run' });
  });

  test('skipped tests are named', () => {
    expect(
      countJest({ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 4 }),
    ).toEqual({ passed: 7, failed: 0, note: '4 skipped' });
  });

  test('steps add up, and a note stands in the table', () => {
    const results = [
      { name: 'types', passed: 1, failed: 0, seconds: 1.24 },
      { name: 'lab', passed: 0, failed: 0, seconds: 0, note: 'left out: no root' },
    ];
    expect(count(results)).toEqual({ passed: 1, failed: 0 });
    expect(table(results)).toContain('lab                 0      0     0.0  left out: no root');
  });
});

describe('node_modules against the lock', () => {
  const lock = {
    '': {},
    shared: { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-system': { version: '1.0.0', optional: true },
    'node_modules/@ringdesk/shared': { link: true },
  };

  test.each([
    ['the same', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['another version', { 'node_modules/a': { version: '1.0.1' } }, false],
    ['missing', {}, false],
    [
      'an optional one of another version',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/other-system': { version: '2.0.0' } },
      false,
    ],
  ])('%s', (_what, installed, expected) => {
    expect(sameModules(lock, installed)).toBe(expected);
  });
});

describe('a program', () => {
  const node = (script: string, limitMs = 20_000) =>
    run(process.execPath, ['-e', script], { cwd: '/', limitMs, quiet: true });

  test('that ends well has no failure', async () => {
    expect(await node('')).toEqual({ failure: null });
  });
  test('that fails is told with its code', async () => {
    expect(await node('process.exit(3)')).toEqual({ failure: 'exited with 3' });
  });
  test('that does not end is ended', async () => {
    expect((await node('setInterval(() => {}, 1000)', 300)).failure).toMatch(/^took longer than/);
  });
  test('that is not there is told', async () => {
    expect((await run('no-such-program', [], { cwd: '/', limitMs: 1000 })).failure).toMatch(
      /^could not be started/,
    );
  });
});
