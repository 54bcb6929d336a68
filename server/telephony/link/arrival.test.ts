import { AmiMessage } from '../ami/index.ts';
import { readEvent } from '../calls/index.ts';
import { isTimed, timed } from './arrival.ts';

const hold = (...more: string[]) =>
  AmiMessage.fromText(['Event: Hold', 'Uniqueid: lab-1.0', ...more, '', ''].join('\r\n'));

test.each([[[]], [['Timestamp: garbage']], [['Timestamp: 99999999999999999999']]])(
  'an event with %j instead of a time gets that of its arrival, and a replay reads the same',
  (lines) => {
    const arrived = timed(hold(...lines), 1_795_000_000_123);
    expect(isTimed(arrived)).toBe(true);
    expect(readEvent(arrived)).toEqual({ type: 'Hold', at: 1_795_000_000_123, channel: 'lab-1.0', on: true });
    expect(arrived.text).toMatch(/\nTimed-by: arrival/);
  },
);

test('a time of the PBX stays', () => {
  const message = hold('Timestamp: 1795000000.5');
  expect(timed(message, 7)).toBe(message);
});
