import type { Pbx } from './state.ts';

/** The steps of the dialplan at which a channel is heard of: `Priority` in its snapshots. */
export interface Steps {
  record: number;
  queue: number;
  /** UserEvent(QueueResult). */
  result: number;
  bye: number;
  /** The `h` extension: its UserEvent, and where it is over. */
  resultAfterHangup: number;
  hangupOver: number;
  /** `9<number>`: Set(CALLERID(num)), MixMonitor, Dial, Hangup. */
  outside: Readonly<Record<'caller' | 'record' | 'dial' | 'bye', number>>;
  /** A colleague's number: Hangup. */
  colleagueBye: number;
}

const SHIPPED: Steps = {
  record: 8,
  queue: 9,
  result: 11,
  bye: 16,
  resultAfterHangup: 2,
  hangupOver: 4,
  outside: { caller: 2, record: 3, dial: 4, bye: 5 },
  colleagueBye: 3,
};

/** Most recordings were made with an extensions.conf that says no QueueResult and keeps more in the CDR. */
const OLDER: Steps = {
  ...SHIPPED,
  record: 5,
  queue: 6,
  bye: 12,
  hangupOver: 2,
  outside: { caller: 3, record: 4, dial: 5, bye: 6 },
  colleagueBye: 4,
};

export function stepsOf(pbx: Pbx): Steps {
  return pbx.shipped ? SHIPPED : OLDER;
}
