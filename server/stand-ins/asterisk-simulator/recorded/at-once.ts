import { compare } from './compare.ts';
import { NOT_COMPARED, normalize, type RecordedEvent } from './normal.ts';

/**
 * Many calls at once: which event of one call falls between which events of another is chance. So each call is compared by itself, each device
 * by itself, and what the queue says of its line by the rules of a line.
 */

const get = ({ headers }: RecordedEvent, name: string): string | undefined =>
  headers.find(([key]) => key === name)?.[1];

/** Where callers stand in the line depends on the calls beside theirs. */
function withoutPlace(event: RecordedEvent): RecordedEvent {
  if (!event.name.startsWith('QueueCaller')) return event;
  const headers = event.headers.map(([key, value]): [string, string] => [
    key,
    key === 'Position' || key === 'OriginalPosition' || key === 'Count' ? '*' : value,
  ]);
  return { ...event, headers };
}

/** The stream taken apart: by call, in the order in which the calls came, and by device. The queue's own lamp is in none. */
export function takeApart(stream: RecordedEvent[]): Map<string, RecordedEvent[]> {
  const events = stream.filter(({ name }) => !NOT_COMPARED.has(name));
  const callOfBridge = new Map<string, string>();
  for (const event of events) {
    const [bridge, call] = [get(event, 'BridgeUniqueid'), get(event, 'Linkedid')];
    if (bridge !== undefined && call !== undefined) callOfBridge.set(bridge, call);
  }
  const numbers = new Map<string, number>();
  const parts = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const device = get(event, 'Interface') ?? get(event, 'Device') ?? '';
    const call =
      get(event, 'Linkedid') ??
      get(event, 'DestLinkedid') ??
      callOfBridge.get(get(event, 'BridgeUniqueid') ?? '');
    if (call === undefined && device.startsWith('Queue:')) continue;
    if (call !== undefined && !numbers.has(call)) numbers.set(call, numbers.size + 1);
    const part = call === undefined ? `device ${device}` : `call ${numbers.get(call)}`;
    parts.set(part, [...(parts.get(part) ?? []), withoutPlace(event)]);
  }
  return parts;
}

/** What differs between two streams, call by call and device by device. */
export function compareApart(recorded: RecordedEvent[], played: RecordedEvent[]): string[] {
  const [one, other] = [takeApart(recorded), takeApart(played)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((part) =>
    compare(normalize(one.get(part) ?? []), normalize(other.get(part) ?? [])).map(
      (difference) => `${part}: ${difference}`,
    ),
  );
}

/**
 * Where a queue's events break the rules of a line: who joins stands last, who leaves stood where it says, the count is of those who stand, and the
 * lamp `Queue:<name>` rings exactly while somebody does.
 */
export function brokenLine(events: RecordedEvent[], queue: string): string[] {
  const line: string[] = [];
  const broken: string[] = [];
  let lamp = 'NOT_INUSE';
  events.forEach((event, at) => {
    const { name } = event;
    if (name === 'DeviceStateChange' && get(event, 'Device') === `Queue:${queue}`)
      lamp = get(event, 'State') ?? '';
    if (!name.startsWith('QueueCaller') || get(event, 'Queue') !== queue) return;
    const caller = get(event, 'Uniqueid') ?? '';
    if (name === 'QueueCallerJoin') line.push(caller);
    const place = String(line.indexOf(caller) + 1);
    if (name === 'QueueCallerLeave') line.splice(line.indexOf(caller), 1);
    const says = (what: string, is: string, rule: string): void => {
      if (is !== rule) broken.push(`event ${at}, ${name}: ${what} is ${is}, by the rules ${rule}`);
    };
    says('Position', get(event, 'Position') ?? '', place);
    if (name === 'QueueCallerAbandon') return;
    says('Count', get(event, 'Count') ?? '', String(line.length));
    says('the lamp', lamp, line.length > 0 ? 'RINGING' : 'NOT_INUSE');
  });
  return broken;
}
