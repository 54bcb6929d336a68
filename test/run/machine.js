// @ts-check
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.js';

/**
 * The Debian package that brings a program. Asterisk is none of them: the lab unpacks its own.
 * @type {Record<string, string>}
 */
const packages = { chromium: 'chromium', sipp: 'sip-tester', 'redis-server': 'redis-server' };

const isRoot = () => process.getuid?.() === 0;
const isDebian = () => existsSync('/etc/debian_version') && onPath('apt-get');

/** @param {string} program */
function onPath(program) {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Why the machine cannot run what needs these programs, or null.
 * @param {string[]} programs
 */
export function lacking(programs) {
  if (programs.includes('asterisk') && !(isRoot() && isDebian()))
    return 'a real Asterisk is unpacked from Debian’s archive, which needs root on Debian';
  const absent = programs.filter((program) => program in packages && !onPath(program));
  return absent.length > 0 ? `${absent.join(', ')} not installed` : null;
}

/**
 * Installs Debian packages for the programs that are absent; says so in one line. Where that is not possible it does nothing, and
 * `lacking` will tell.
 * @param {string[]} programs
 */
export async function provide(programs) {
  const wanted = [...new Set(programs)]
    .filter((program) => program in packages && !onPath(program))
    .flatMap((program) => packages[program] ?? []);
  if (wanted.length === 0) return;
  if (!isRoot() || !isDebian()) {
    console.log(`not installed, and only root on Debian could do it here: ${wanted.join(', ')}`);
    return;
  }
  console.log(`installing with apt-get: ${wanted.join(', ')}`);
  const options = {
    cwd: '/',
    limitMs: 8 * 60_000,
    quiet: true,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  };
  await run('apt-get', ['update', '-qq'], options);
  // One after the other: a package that cannot be had must not keep the others away.
  for (const name of wanted) {
    const { failure } = await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', name],
      options,
    );
    if (failure) console.log(`apt-get install ${name} ${failure}`);
  }
}
