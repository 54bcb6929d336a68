export { announceChanges } from './changes.ts';
export { openFeed } from './feed.ts';
export { createLive, type Live, type LiveOptions } from './gateway.ts';
export { Topics } from './topics.ts';
