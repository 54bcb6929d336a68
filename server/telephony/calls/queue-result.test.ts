import { AmiMessage } from '../ami/index.ts';
import { applyEvent, createCallState, readEvent } from './index.ts';

/**
 * A caller waits three seconds and leaves without an agent. Asterisk sends QueueCallerAbandon for a timeout as well, and sets ABANDONED to
 * TRUE whenever no agent answered (https://docs.asterisk.org, Queue(): ABANDONED): only QUEUESTATUS tells them apart.
 */
function entryAfter(result: string, hangsUp: boolean) {
  const state = createCallState({ pbx: 'main', toE164: () => null });
  const channel = 'Channel: PJSIP/trunk-00000001\r\nUniqueid: lab-10.1\r\nLinkedid: lab-10.1';
  const told = [
    ['10.0', 'Newchannel', 'CallerIDNum: 79161234567\r\nExten: 2000'],
    ['10.1', 'QueueCallerJoin', 'Queue: sales\r\nPosition: 1'],
    ...(hangsUp ? [['13.1', 'HangupRequest', '']] : []),
    ['13.1', 'QueueCallerAbandon', 'Queue: sales'],
    ['13.1', 'QueueCallerLeave', 'Queue: sales'],
    ['13.1', 'UserEvent', `UserEvent: QueueResult\r\nQueue: sales\r\n${result}`],
    ['13.2', 'SoftHangupRequest', 'Cause: 16'],
    ['13.3', 'Hangup', 'Cause: 16'],
  ].flatMap(([timestamp, name, rest]) => {
    const text = `Event: ${name}\r\nTimestamp: ${timestamp}00000\r\n${channel}\r\n${rest}`;
    const event = readEvent(AmiMessage.fromText(text.trim()));
    return event === null ? [] : applyEvent(state, event);
  });
  const ended = told.find((event) => event.type === 'interaction.ended');
  return ended?.type === 'interaction.ended' ? ended.interaction.entries[0]?.outcome : undefined;
}

test.each([
  ['QueueStatus: TIMEOUT\r\nAbandoned: TRUE', false, 'timeout'],
  // The caller hangs up in the moment in which the time is up.
  ['QueueStatus: TIMEOUT\r\nAbandoned: TRUE', true, 'timeout'],
  ['QueueStatus: LEAVEEMPTY\r\nAbandoned: TRUE', false, 'empty'],
  ['QueueStatus: WITHDRAW\r\nAbandoned: TRUE', false, 'withdrawn'],
  ['QueueStatus: \r\nAbandoned: TRUE', true, 'short-abandoned'],
])('%j is %s', (result, hangsUp, outcome) => {
  expect(entryAfter(result, hangsUp)).toBe(outcome);
});
