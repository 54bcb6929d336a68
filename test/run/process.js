// @ts-check
import { spawn } from 'node:child_process';

/**
 * Runs a program with its output on ours and no input, and ends it, children included, when it takes longer than `limitMs`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, limitMs: number, quiet?: boolean, env?: Record<string, string> }} options quiet: keep the output, show it only on failure
 * @returns {Promise<{ failure: string | null }>} failure in words that follow the program's name, e.g. `exited with 1`
 */
export function run(command, args, { cwd, limitMs, quiet = false, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      // A group of its own, so that ending it reaches the workers that it started.
      detached: true,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
    });
    const end = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal);
      } catch {
        // the group is gone already
      }
    };
    const stop = () => end('SIGKILL');
    const stopAndLeave = () => {
      end('SIGTERM');
      process.exit(130);
    };
    process.once('exit', stop).once('SIGINT', stopAndLeave).once('SIGTERM', stopAndLeave);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, limitMs);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const settle = (/** @type {string | null} */ failure) => {
      clearTimeout(timer);
      process.off('exit', stop).off('SIGINT', stopAndLeave).off('SIGTERM', stopAndLeave);
      if (failure && output) process.stderr.write(output.slice(-4000));
      resolve({ failure });
    };
    child.once('error', (error) => settle(`could not be started (${error.message})`));
    child.once('close', (code, signal) => {
      if (late) settle(`took longer than ${Math.round(limitMs / 1000)} s and was ended`);
      else if (code !== 0) settle(`exited with ${code ?? signal}`);
      else settle(null);
    });
  });
}
