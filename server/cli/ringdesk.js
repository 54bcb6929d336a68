#!/usr/bin/env -S node --max-semi-space-size=32
// Most of what a call makes is garbage within a second: with twice Node's room for the young (MB), half as many collections stop the calls.
// The server is TypeScript; tsx compiles it as it is loaded, so that there is no build step between an edit and a start.
import { register } from 'tsx/esm/api';

register();
const { run } = await import('./main.ts');
await run(process.argv.slice(2));
