import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { type Finding, failed, ok, warning } from './finding.ts';

const leastFreeMb = 1024;

/** Where the journal and the embedded store are written: it must be there, be writable and have room. */
export function checkDataDir(dir: string): Finding[] {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      failed(
        'disk',
        `The data directory ${dir} cannot be written (${why})`,
        'Give the user that runs Ringdesk the right to write it, or set DATA_DIR.',
      ),
    ];
  }
  const { bavail, bsize } = statfsSync(dir);
  const freeMb = Math.floor((Number(bavail) * Number(bsize)) / 1024 / 1024);
  if (freeMb < leastFreeMb)
    return [
      warning(
        'disk',
        `${freeMb} MB are free for ${dir}`,
        `Free some space: below ${leastFreeMb} MB a busy day's journal may not fit.`,
      ),
    ];
  return [ok('disk', `${dir} is writable, ${freeMb} MB free`)];
}

/** Whether the web port can be had. A port in use is a warning: it may be Ringdesk itself that runs. */
export async function checkPort(host: string, port: number): Promise<Finding> {
  const server = createServer();
  const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => resolve(null));
  });
  if (problem === null) {
    await new Promise((resolve) => server.close(resolve));
    return ok('port', `${host}:${port} is free`);
  }
  if (problem.code === 'EADDRINUSE')
    return warning(
      'port',
      `${host}:${port} is in use`,
      'Fine if Ringdesk runs; else stop what uses it, or set PORT.',
    );
  return failed(
    'port',
    `${host}:${port} cannot be listened on (${problem.message})`,
    'Set HOST to an address of this machine and PORT to one that may be used.',
  );
}
