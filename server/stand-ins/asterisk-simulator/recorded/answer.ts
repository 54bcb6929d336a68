import { type NormalEvent, withNames } from './normal.ts';

/** Answers to the state queries made comparable: what Asterisk tells a client that comes (back) to calls that go on. */

type Block = [key: string, value: string][];

/** The items of the lists in a recorded byte stream, or in what the simulator wrote; live events (they carry a Timestamp) are left out. */
export function readAnswers(stream: string): Block[] {
  const blocks: Block[] = [];
  for (const text of stream.split('\r\n\r\n')) {
    const block = text.split('\r\n').flatMap((line): Block => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]];
    });
    const [first] = block;
    const has = (name: string): boolean => block.some(([key]) => key === name);
    if (first?.[0] === 'Event' && has('ActionID') && !has('Timestamp')) blocks.push(block);
  }
  return blocks;
}

const get = (block: Block, name: string): string => block.find(([key]) => key === name)?.[1] ?? '';

/** Since when something lasts. */
const SECONDS: ReadonlySet<string> = new Set(['Duration', 'Wait', 'LongestHoldTime']);

/** What the calls before the recording left behind: counts, averages and clocks of the queues and their members. */
const BEFORE: Readonly<Record<string, ReadonlySet<string>>> = {
  QueueParams: new Set([
    ...['Holdtime', 'TalkTime', 'Completed', 'Abandoned'],
    ...['ServicelevelPerf', 'ServicelevelPerf2'],
  ]),
  QueueMember: new Set(['CallsTaken', 'LastCall', 'LastPause', 'LoginTime']),
  QueueSummary: new Set(['HoldTime', 'TalkTime']),
};

/** Channels get the name of their device and a number, in the order in which they came up; bridges that of who is in them. */
function nameThings(blocks: Block[]): Map<string, string> {
  const names = new Map<string, string>();
  const serial = (block: Block): number => Number(get(block, 'Uniqueid').replace(/^.*\./, ''));
  const channels = blocks.filter((block) => get(block, 'Event') === 'CoreShowChannel');
  channels.sort((a, b) => serial(a) - serial(b));
  const counts = new Map<string, number>();
  for (const block of channels) {
    const device = get(block, 'Channel').replace(/-[0-9a-f]{8}(?=(;[12])?$)/, '');
    const n = (counts.get(device) ?? 0) + 1;
    counts.set(device, n);
    names.set(get(block, 'Channel'), `${device}#${n}`).set(get(block, 'Uniqueid'), `${device}#${n}`);
    const bridge = get(block, 'BridgeId');
    if (bridge !== '') names.set(bridge, names.get(bridge) ?? `bridge of ${device}#${n}`);
  }
  return names;
}

const inSeconds = (value: string): number =>
  value.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** The answers that were given at one moment, without what differs between two runs. */
export function normalizeAnswers(blocks: Block[]): NormalEvent[] {
  const names = nameThings(blocks);
  return blocks.map((block) => {
    const name = get(block, 'Event');
    const seconds = new Map<string, number>();
    const lines = block.map(([key, value]) => {
      let shown = names.get(value) ?? withNames(names, value);
      if (key === 'ActionID') shown = 'id';
      if (BEFORE[name]?.has(key) === true) shown = 'before';
      if (SECONDS.has(key)) {
        seconds.set(key, inSeconds(value));
        shown = 'seconds';
      }
      return `${key}: ${shown}`;
    });
    return { name, text: lines.join('\n'), seconds, about: new Set<string>(), uniqueid: undefined };
  });
}
