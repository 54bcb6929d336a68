import { loadConfig } from '../../config/index.ts';
import { AmiMessage } from '../../telephony/ami/index.ts';
import { judge } from './heard.ts';

/** What the events of the doctor's trial say of manager.conf. */

const [pbx] = loadConfig({
  PBX_HOST: '127.0.0.1',
  PBX_EVENTS_USER: 'reads',
  PBX_EVENTS_SECRET: 'x',
  PBX_ACTIONS_USER: 'acts',
  PBX_ACTIONS_SECRET: 'x',
}).pbx;
const event = (name: string, ...lines: string[]) =>
  AmiMessage.fromText([`Event: ${name}`, 'Uniqueid: ringdesk-doctor-1.1', ...lines].join('\r\n'));
const time = 'Timestamp: 1800000000.000000';
const hidden = 'ChanVariable: CALLERID(pres)=allowed';
const said = (...heard: AmiMessage[]) => {
  if (pbx === undefined) throw new Error('no PBX in the settings');
  return judge(pbx, ['Newchannel', 'Hangup'], heard).map(({ verdict, text, fix }) => [verdict, text, fix]);
};

test('all is heard', () => {
  expect(said(event('Newchannel', time, hidden), event('Hangup', time))).toEqual([
    ['ok', 'events arrive (tried: Newchannel, Hangup)', null],
  ]);
});

test('without a time: the line of manager.conf that switches it on', () => {
  expect(said(event('Newchannel', hidden), event('Hangup'))).toContainEqual([
    'warning',
    expect.stringMatching(/without their time/),
    expect.stringMatching(/\[general\].*timestampevents = yes/),
  ]);
});

test('without the sign of a withheld number: the line that brings it', () => {
  expect(said(event('Newchannel', time, 'ChanVariable: CALLREF='), event('Hangup', time))).toContainEqual([
    'warning',
    expect.stringMatching(/withholds/),
    expect.stringMatching(/channelvars = .*CALLERID\(pres\)/),
  ]);
});

test.each([[[]], [[event('Newchannel', time, hidden)]]])(
  'one that does not come: which, and whose section to look at',
  (heard) => {
    expect(said(...heard)).toEqual([
      [
        'failed',
        expect.stringMatching(/Hangup did not arrive/),
        expect.stringMatching(/section \[reads\]: read = .*call.*eventfilter/),
      ],
    ]);
  },
);
