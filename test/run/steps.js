// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modulesAreCurrent } from '../../server/cli/modules.js';
import { lacking, provide } from './machine.js';
import { run } from './process.js';
import { countJest } from './tally.js';

/** @typedef {{ name: string, needs: string[], limitMs: number, args: string[] }} Project */
/** @typedef {import('./tally.js').Outcome} Outcome */

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const minutes = 60_000;

const checks = [
  { name: 'format', tool: 'biome', args: ['check', '.'] },
  { name: 'types', tool: 'tsc', args: ['-p', '.'] },
  { name: 'types-page', tool: 'tsc', args: ['-p', 'agent-ui'] },
  {
    name: 'directions',
    tool: 'depcruise',
    args: ['--config', '.dependency-cruiser.cjs', 'shared', 'server', 'agent-ui/src', 'test'],
  },
  { name: 'unused', tool: 'knip', args: [] },
];
const build = { name: 'build', tool: 'vite', args: ['build', 'agent-ui', '--logLevel', 'warn'] };

/**
 * The Jest projects, quick ones first. `needs` are programs without which nothing of the project can run.
 * @type {Project[]}
 */
const projects = [
  { name: 'unit', needs: [], limitMs: 6 * minutes, args: ['--maxWorkers=100%'] },
  { name: 'integration', needs: [], limitMs: 16 * minutes, args: ['--maxWorkers=2'] },
  { name: 'browser', needs: ['chromium'], limitMs: 16 * minutes, args: ['--runInBand'] },
  { name: 'lab', needs: ['sipp', 'asterisk', 'chromium'], limitMs: 14 * minutes, args: ['--runInBand'] },
];

const checkNames = [...checks, build].map(({ name }) => name);
export const stepNames = ['checks', ...checkNames, ...projects.map(({ name }) => name)];

/**
 * The steps to run, in order; installing always comes first.
 * @param {string[]} wanted names from `stepNames`; empty means all
 * @param {string[]} forJest arguments that are handed on to Jest; with some and no step named, the checks are left out
 * @returns {{ name: string, run: () => Promise<Outcome> }[]}
 */
export function steps(wanted, forJest) {
  const chosen = (/** @type {string} */ name) => {
    if (wanted.includes(name)) return true;
    if (checkNames.includes(name) && wanted.includes('checks')) return true;
    return wanted.length === 0 && (forJest.length === 0 || !checkNames.includes(name));
  };
  const jest = projects.filter(({ name }) => chosen(name));
  const pageNeeded = chosen('build') || jest.some(({ needs }) => needs.includes('chromium'));
  return [
    { name: 'install', run: () => install(jest) },
    ...[...checks.filter(({ name }) => chosen(name)), ...(pageNeeded ? [build] : [])].map(
      ({ name, tool, args }) => ({ name, run: () => check(tool, args) }),
    ),
    ...jest.map((project) => ({ name: project.name, run: () => jestProject(project, forJest) })),
  ];
}

/** @param {string} name a program that npm installed */
const bin = (name) => join(root, 'node_modules/.bin', name);

/**
 * @param {Project[]} jest the projects that will run
 * @returns {Promise<Outcome>}
 */
async function install(jest) {
  if (!modulesAreCurrent(root)) {
    console.log('node_modules is missing or not what package-lock.json says: npm ci');
    const { failure } = await run('npm', ['ci', '--no-progress'], { cwd: root, limitMs: 10 * minutes });
    if (failure)
      return { passed: 0, failed: 1, fatal: true, note: `npm ci ${failure}: is a registry reachable?` };
  }
  await provide(jest.flatMap(({ needs, name }) => (name === 'integration' ? ['redis-server'] : needs)));
  return { passed: 0, failed: 0 };
}

/**
 * @param {string} tool
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function check(tool, args) {
  const { failure } = await run(bin(tool), args, { cwd: root, limitMs: 4 * minutes });
  return failure ? { passed: 0, failed: 1, note: `${tool} ${failure}` } : { passed: 1, failed: 0 };
}

/**
 * @param {Project} project
 * @param {string[]} forJest
 * @returns {Promise<Outcome>}
 */
async function jestProject(project, forJest) {
  const why = lacking(project.needs);
  if (why) {
    console.log(`left out: ${why}`);
    return { passed: 0, failed: 0, note: `left out: ${why}` };
  }
  const report = join(root, 'tmp', `jest-${project.name}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const args = ['--selectProjects', project.name, '--json', `--outputFile=${report}`, ...project.args];
  if (forJest.length > 0) args.push('--passWithNoTests');
  const { failure } = await run(bin('jest'), [...args, ...forJest], { cwd: root, limitMs: project.limitMs });
  if (!existsSync(report)) {
    return failure
      ? { passed: 0, failed: 1, note: `jest ${failure} without a report` }
      : { passed: 0, failed: 0, note: 'no test matches' };
  }
  const counted = countJest(JSON.parse(readFileSync(report, 'utf8')));
  // A run that fails although every test passed (a process that does not end, say) is a failure too.
  return failure && counted.failed === 0 ? { ...counted, failed: 1, note: `jest ${failure}` } : counted;
}
