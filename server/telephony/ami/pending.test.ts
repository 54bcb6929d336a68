import { AmiError } from './error.ts';
import { AmiMessage } from './message.ts';
import { type AmiReply, PendingActions, type ReplyOptions } from './pending.ts';

/** The messages that a PBX sends, `ID` standing for the id of the action. */
function feed(pending: PendingActions, id: string, ...messages: string[]): AmiMessage[] {
  return messages
    .map((text) => AmiMessage.fromText(text.replaceAll('ID', `ActionID: ${id}`).replaceAll('|', '\r\n')))
    .filter((message) => !pending.take(message));
}

function ask(action: string, options: ReplyOptions = {}) {
  const pending = new PendingActions('main');
  const id = pending.nextId();
  const answer: Promise<AmiReply | AmiError> = pending
    .add(id, action, { timeoutMs: 60_000, ...options })
    .catch((error: unknown) => {
      if (error instanceof AmiError) return error;
      throw error;
    });
  return { pending, id, answer };
}

const names = (messages: readonly AmiMessage[]) => messages.map((one) => one.get('Channel') ?? one.event);

async function replyOf(answer: Promise<AmiReply | AmiError>): Promise<AmiReply> {
  const reply = await answer;
  if (reply instanceof AmiError) throw reply;
  return reply;
}

describe('PendingActions', () => {
  it('finds the answer by its ActionID and no other', async () => {
    const { pending, id, answer } = ask('Ping');
    feed(pending, 'somebody-1', 'Response: Error|ID|Message: No');
    feed(pending, id, 'Response: Error|Message: an error without an id', 'Response: Success|ID|Ping: Pong');
    expect((await replyOf(answer)).response.get('Ping')).toBe('Pong');
  });

  it('never gives the same id twice, nor that of another connection', () => {
    const one = new PendingActions('main');
    const other = new PendingActions('main');
    const ids = [one.nextId(), one.nextId(), other.nextId(), other.nextId()];
    expect(new Set(ids).size).toBe(4);
  });

  it.each([
    ['EventList', 'Response: Success|ID|EventList: start|Message: x', 'Event: Done|EventList: Complete|ID'],
    [
      'older words',
      'Response: Success|ID|Message: Queue status will follow',
      'Event: QueueStatusComplete|ID',
    ],
  ])('gathers a list among live events (%s)', async (_, start, end) => {
    const { pending, id, answer } = ask('QueueStatus');
    expect(pending.gathering).toBe(false);
    feed(pending, id, start);
    expect(pending.gathering).toBe(true);
    const live = feed(
      pending,
      id,
      'Event: Item|Channel: 1|ID',
      'Event: Newchannel|Channel: live',
      'Event: Item|Channel: 2|Queue: sales|ID',
      'Event: Other|Channel: not ours|ActionID: x',
      end,
      'Event: Item|Channel: behind|ID',
    );
    expect(names((await replyOf(answer)).events)).toEqual(['1', '2']);
    expect(names(live)).toEqual(['live', 'not ours', 'behind']);
    expect(pending.gathering).toBe(false);
  });

  it('keeps two lists apart', async () => {
    const pending = new PendingActions('main');
    const [a, b] = [pending.nextId(), pending.nextId()];
    const answers = [a, b].map((id) => pending.add(id, 'CoreShowChannels', { timeoutMs: 60_000 }));
    for (const id of [a, b]) feed(pending, id, 'Response: Success|ID|EventList: start');
    feed(pending, a, 'Event: I|Channel: a1|ID');
    feed(pending, b, 'Event: I|Channel: b1|ID', 'Event: C|EventList: Complete|ID');
    expect(pending.gathering).toBe(true);
    feed(pending, a, 'Event: I|Channel: a2|ID', 'Event: C|EventList: Complete|ID');
    const replies = await Promise.all(answers);
    expect(replies.map((reply) => names(reply.events))).toEqual([['a1', 'a2'], ['b1']]);
  });

  it('lets OriginateResponse through as the live event that it is', async () => {
    const { pending, id, answer } = ask('Originate');
    const list = pending.nextId();
    const listed = pending.add(list, 'QueueStatus', { timeoutMs: 60_000 });
    feed(pending, list, 'Response: Success|ID|EventList: start');
    const live = feed(
      pending,
      id,
      'Response: Success|ID|Message: Originate successfully queued',
      'Event: OriginateResponse|ID|Response: Failure|Reason: 0',
    );
    feed(pending, list, 'Event: X|EventList: Complete|ID');
    expect((await replyOf(answer)).response.get('Message')).toBe('Originate successfully queued');
    expect(live.map((message) => message.get('Reason'))).toEqual(['0']);
    expect((await listed).events).toEqual([]);
  });

  it("says Asterisk's own words and the action when it is refused", async () => {
    const { pending, id, answer } = ask('QueueAdd');
    feed(pending, id, 'Response: Error|ID|Message: Unable to add interface: Already there');
    const error = await answer;
    expect(error).toMatchObject({
      code: 'refused',
      message: 'PBX main refused QueueAdd: Unable to add interface: Already there',
    });
  });

  it.each([
    ['No Contacts found', true],
    ['No endpoints found', true],
    ['No active conferences.', true],
    ['No such queue', false],
    ['No such channel found', false],
    ['Permission denied', false],
  ])('takes the error %j of a list as an empty list: %p', async (words, empty) => {
    const { pending, id, answer } = ask('PJSIPShowContacts', { list: true });
    feed(pending, id, `Response: Error|ID|Message: ${words}`);
    const got = await answer;
    expect(got instanceof AmiError ? got.code : got.events).toEqual(empty ? [] : 'refused');
  });

  it('takes the same error as a refusal when no list was asked for', async () => {
    const { pending, id, answer } = ask('PJSIPShowContacts');
    feed(pending, id, 'Response: Error|ID|Message: No Contacts found');
    expect(await answer).toMatchObject({ code: 'refused' });
  });

  it('tells the reply in the order of the stream', async () => {
    const order: string[] = [];
    const { pending, id, answer } = ask('QueueStatus', { onReply: () => order.push('reply') });
    for (const text of [
      'Response: Success|ID|EventList: start',
      'Event: Before|X: y',
      'Event: Done|EventList: Complete|ID',
      'Event: After|X: y',
    ]) {
      order.push(...names(feed(pending, id, text)).map(String));
    }
    await answer;
    expect(order).toEqual(['Before', 'reply', 'After']);
  });

  it('rejects all when the link closes, and forgets them', async () => {
    const pending = new PendingActions('main');
    const ids = [pending.nextId(), pending.nextId(), pending.nextId()];
    const answers = ids.map((id) => pending.add(id, 'Originate', { timeoutMs: 60_000 }));
    feed(pending, ids[1] ?? '', 'Response: Success|ID|EventList: start');
    pending.closeAll('gone');
    const results = await Promise.allSettled(answers);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
    }
    expect([pending.busy, pending.gathering]).toEqual([false, false]);
    expect(feed(pending, ids[0] ?? '', 'Response: Success|ID')).toEqual([]);
  });

  describe('when the time is over', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    it('rejects, and what still comes of the list is no live event', async () => {
      const { pending, id, answer } = ask('CoreShowChannels', { timeoutMs: 500 });
      jest.advanceTimersByTime(500);
      expect(await answer).toMatchObject({ code: 'timeout' });
      expect(pending.busy).toBe(false);
      const live = feed(
        pending,
        id,
        'Response: Success|ID|EventList: start',
        'Event: CoreShowChannel|Channel: late|ID',
        'Event: Newchannel|Channel: live',
        'Event: CoreShowChannelsComplete|EventList: Complete|ID',
      );
      expect(names(live)).toEqual(['live']);
      expect(pending.gathering).toBe(false);
    });

    it('counts the whole list, not only its beginning', async () => {
      const { pending, id, answer } = ask('CoreShowChannels', { timeoutMs: 500 });
      feed(pending, id, 'Response: Success|ID|EventList: start');
      jest.advanceTimersByTime(500);
      expect(await answer).toMatchObject({ code: 'timeout' });
    });
  });
});
