#!/usr/bin/env node
// @ts-check
/**
 * `npm test`: installs what is lacking, runs the quick checks, builds the page, then the Jest projects one after the other.
 *
 *   npm test                       everything that this machine can run
 *   npm test -- unit lab           only these steps (see --help for the names)
 *   npm test -- unit server/pbx    what is no step's name goes on to Jest
 *
 * Plain JavaScript on Node's own modules alone, because it runs before anything is installed. The last line is
 * `N passed, N failed`: tests of Jest, suites that could not run, and each check counting one.
 */
import { stepNames, steps } from './run/steps.js';
import { count, table } from './run/tally.js';

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(`npm test -- [step...] [arguments for Jest]\nsteps: ${stepNames.join(', ')}`);
  process.exit(0);
}
const wanted = words.filter((word) => stepNames.includes(word));
const forJest = words.filter((word) => !stepNames.includes(word));

/** @type {import('./run/tally.js').StepResult[]} */
const results = [];
for (const step of steps(wanted, forJest)) {
  console.log(`\n── ${step.name}`);
  const began = Date.now();
  const result = await step.run();
  results.push({ name: step.name, seconds: (Date.now() - began) / 1000, ...result });
  if (result.fatal) break;
}

const { passed, failed } = count(results);
console.log(`\n${table(results)}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
