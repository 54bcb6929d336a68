import { EventEmitter } from 'node:events';
import { isOwnOrigin } from './origin.ts';
import { createLane, createNewestOnly } from './slow-socket.ts';

/** A line that takes a message and is busy until `ready`. */
function aLine() {
  const events = new EventEmitter();
  const line = {
    writable: true,
    once: (event: 'ready', listener: () => void) => events.once(event, listener),
  };
  const sent: number[] = [];
  const newest = createNewestOnly<number>(line, (version) => {
    sent.push(version);
    line.writable = false;
  });
  return {
    sent,
    offer(version: number) {
      if (!newest.offer(version)) return;
      sent.push(version);
      line.writable = false;
    },
    ready() {
      line.writable = true;
      events.emit('ready');
    },
    /** It was ready for a moment, and another message took its turn. */
    takenAgain() {
      events.emit('ready');
    },
    listeners: () => events.listenerCount('ready'),
  };
}

test('a device that keeps up gets every version', () => {
  const line = aLine();
  for (const version of [1, 2, 3]) {
    line.offer(version);
    line.ready();
  }
  expect(line.sent).toEqual([1, 2, 3]);
});

test('a slow one gets the newest when it takes something again, and nothing in between', () => {
  const line = aLine();
  for (const version of [1, 2, 3, 4]) line.offer(version);
  expect(line.sent).toEqual([1]);
  expect(line.listeners()).toBe(1);
  line.ready();
  expect(line.sent).toEqual([1, 4]);
  line.ready();
  line.offer(5);
  expect(line.sent).toEqual([1, 4, 5]);
  expect(line.listeners()).toBe(0);
});

test('another message (a ping) went out first: it waits once more', () => {
  const line = aLine();
  line.offer(1);
  line.offer(2);
  line.takenAgain();
  expect(line.sent).toEqual([1]);
  line.ready();
  expect(line.sent).toEqual([1, 2]);
});

test.each([
  ['our own page', { origin: 'https://desk.example', host: 'desk.example' }, false, true],
  ['a program that is no browser', { host: 'desk.example' }, false, true],
  ['another site', { origin: 'https://evil.example', host: 'desk.example' }, false, false],
  ['another port', { origin: 'http://desk.example:81', host: 'desk.example' }, false, false],
  ['a file or a sandbox', { origin: 'null', host: 'desk.example' }, false, false],
  [
    'behind a proxy that is trusted',
    { origin: 'https://desk.example', host: '10.0.0.5:8080', 'x-forwarded-host': 'desk.example' },
    true,
    true,
  ],
  [
    'behind none, with the header of one',
    { origin: 'https://evil.example', host: 'desk.example', 'x-forwarded-host': 'evil.example' },
    false,
    false,
  ],
])('a websocket from %s', (_what, headers, trustProxy, own) => {
  expect(isOwnOrigin({ headers }, trustProxy)).toBe(own);
});

test('a lane keeps the order, waits for a slow socket, and takes no more than it may', () => {
  const events = new EventEmitter();
  const line = {
    writable: true,
    once: (event: 'ready', listener: () => void) => events.once(event, listener),
  };
  const sent: number[] = [];
  const send = (value: number) => {
    sent.push(value);
    line.writable = false;
  };
  const lane = createLane(line, send, 3);
  expect([1, 2, 3, 4, 5].map((value) => lane.offer(value))).toEqual([true, true, true, true, false]);
  expect(sent).toEqual([1]);
  for (let times = 0; times < 4; times += 1) {
    line.writable = true;
    events.emit('ready');
  }
  expect(sent).toEqual([1, 2, 3, 4]);
  expect(lane.offer(6)).toBe(true);
  expect(events.listenerCount('ready')).toBe(0);
});
