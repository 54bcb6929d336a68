import { change } from './channel.ts';
import { lines } from './events.ts';
import type { Channel, Pbx } from './state.ts';

/** What callers hear and answer with keys. */

const CHOICES: Readonly<Record<string, string>> = { '1': '2000', '2': '2001', '3': '2002' };
/** "Press one, press two, press three", and how long the menu waits for a key after it. */
const PROMPT_MS = 4750;
const WAIT_MS = 5000;
const INVALID_MS = 4120;
const SURVEY_MS = 6000;
const GOODBYE_MS = 900;

/** UserEvent as the dialplan sends it: it repeats the ids, which it names itself. */
export function sayUserEvent(pbx: Pbx, channel: Channel, name: string, fields: Record<string, string>): void {
  const { uniqueid, linkedid } = channel;
  pbx.emit(
    'UserEvent',
    channel,
    pbx.snapshot(channel) + lines({ UserEvent: name, Uniqueid: uniqueid, Linkedid: linkedid, ...fields }),
  );
}

/** The welcome menu: 1 to 3 choose a queue, another key hears "invalid", none goes to sales. */
export function readMenu(
  pbx: Pbx,
  channel: Channel,
  then: { chosen(did: string): void; hungUp(): void },
): void {
  let cancel: () => void = () => undefined;
  let deaf = false;
  function step(priority: number, application: string, data: string, ms: number, next: () => void): void {
    change(channel, { exten: 's', priority });
    channel.application = application;
    channel.applicationData = data;
    cancel = pbx.clock.after(ms, next);
  }
  function prompt(): void {
    deaf = false;
    const sounds = 'vm-press&digits/1&vm-press&digits/2&vm-press&digits/3';
    step(3, 'BackGround', sounds, PROMPT_MS, () =>
      step(4, 'WaitExten', String(WAIT_MS / 1000), WAIT_MS, () => choose('timeout', 't', '2000')),
    );
  }
  /** Playback hears no keys. */
  function refuse(): void {
    cancel();
    deaf = true;
    change(channel, { exten: 'i', priority: 1 });
    channel.application = 'Playback';
    channel.applicationData = 'invalid';
    cancel = pbx.clock.after(INVALID_MS, prompt);
  }
  function choose(choice: string, exten: string, did: string): void {
    cancel();
    if (channel.gone) return;
    change(channel, { exten, priority: 1 });
    sayUserEvent(pbx, channel, 'IVR', { Choice: choice });
    then.chosen(did);
  }
  channel.owner = {
    ended() {
      cancel();
      then.hungUp();
    },
    digit(_channel, digit) {
      const did = CHOICES[digit];
      if (deaf) return;
      if (did === undefined) refuse();
      else choose(digit, digit, did);
    },
  };
  prompt();
  pbx.onListening(channel, 'menu');
}

/** One question after the talk: a mark from 1 to 5. */
export function survey(pbx: Pbx, channel: Channel, queue: string, over: () => void): void {
  const member = channel.variables.get('MEMBERINTERFACE') ?? '';
  const memberName = channel.variables.get('MEMBERNAME') ?? '';
  const about = { Queue: queue, Interface: member };
  change(channel, { context: 'survey', exten: 's', priority: 1 });
  sayUserEvent(pbx, channel, 'SurveyStart', about);
  change(channel, { priority: 2 });
  channel.application = 'Read';
  channel.applicationData = 'RATING,beep,1,,2,6';
  let cancel = pbx.clock.after(2 * SURVEY_MS, () => rated(''));
  function rated(digit: string): void {
    cancel();
    if (channel.gone) return;
    const good = /^[1-5]$/.test(digit);
    const mark = good ? { Rating: digit } : { Rating: '', Digits: digit };
    change(channel, { priority: good ? 6 : 4 });
    sayUserEvent(pbx, channel, 'CSAT', { ...about, MemberName: memberName, ...mark });
    channel.owner = { ended: over };
    cancel = pbx.clock.after(good ? GOODBYE_MS : 0, () => {
      if (channel.gone) return;
      change(channel, { priority: good ? 8 : 5 });
      over();
    });
  }
  channel.owner = {
    ended() {
      cancel();
      over();
    },
    digit: (_channel, digit) => rated(digit),
  };
  pbx.onListening(channel, 'survey');
}
