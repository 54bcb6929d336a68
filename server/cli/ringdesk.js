#!/usr/bin/env node
// The server is TypeScript; tsx compiles it as it is loaded, so that there is no build step between an edit and a start.
import { register } from 'tsx/esm/api';

register();
const { run } = await import('./main.ts');
await run(process.argv.slice(2));
