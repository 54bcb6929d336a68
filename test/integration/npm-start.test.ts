import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

jest.setTimeout(120_000);

const root = resolve('.');

test('a checkout without a built page builds it, and starts', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'ringdesk-checkout-'));
  try {
    // What is in git, and the packages of this checkout: installing them again would be npm's test, not ours.
    const files = execFileSync(
      'git',
      ['ls-files', 'agent-ui', 'server', 'shared', 'package.json', 'package-lock.json', 'tsconfig.json'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    for (const file of files.split('\n').filter((name) => name !== '' && existsSync(join(root, name))))
      cpSync(join(root, file), join(copy, file));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

    const child = spawn(process.execPath, ['server/cli/npm-start.js'], {
      cwd: copy,
      env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', PORT: '0', DATA_DIR: join(copy, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const url = await new Promise<string>((found, failed) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const ready = /Ringdesk is ready: (\S+)/.exec(said)?.[1];
          if (ready !== undefined) found(ready);
        });
      child.once('exit', (code) => failed(new Error(`it ended with ${code}:\n${said}`)));
    });
    expect(said).toContain('Building the page');
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');

    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    rmSync(copy, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});
