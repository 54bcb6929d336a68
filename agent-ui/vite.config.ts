import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compressFiles } from './compress.ts';
import { zodInEnglish } from './zod-english.ts';

/** The page is built into `dist/`, which the server serves; in development the server's part is reached through a proxy. */
const server = 'http://127.0.0.1:8080';

/** What the program is made of. Named one by one: settings and secrets of a house lie beside. */
const parts = [
  'LICENSE',
  'README.md',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  '.npmrc',
  'Dockerfile',
];
const folders = ['shared', 'server', 'agent-ui'];
const left = ['node_modules', 'dist', 'data', '.env*', 'ringdesk.json'].map((name) => `--exclude=${name}`);

/** The source of what is served, changed as it is here, beside the page: the licence wants it offered to all who use it over a network (section 13). */
const source: Plugin = {
  name: 'source',
  apply: 'build',
  closeBundle() {
    const root = join(import.meta.dirname, '..');
    const file = join(import.meta.dirname, 'dist/source.tar.gz');
    const { status } = spawnSync('tar', ['czf', file, ...left, ...parts, ...folders], { cwd: root });
    if (status !== 0) this.warn('The source could not be packed, so the page cannot offer it.');
  },
};

export default defineConfig({
  plugins: [react(), zodInEnglish(), compressFiles(), source],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The server's content security policy allows no inline script.
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
