export { createLive, type Live, type LiveOptions } from './gateway.ts';
