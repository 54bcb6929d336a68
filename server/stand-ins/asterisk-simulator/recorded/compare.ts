import type { NormalEvent } from './normal.ts';
import { isOrdered } from './order.ts';

const brief = (event: NormalEvent): string => event.text.replaceAll('\n', ' | ');

/** Pairs each event with its like in the other stream; the same words twice are paired in order. */
function pair(recorded: NormalEvent[], played: NormalEvent[]): { places: number[]; differences: string[] } {
  const byText = new Map<string, number[]>();
  played.forEach((event, at) => {
    const places = byText.get(event.text);
    if (places === undefined) byText.set(event.text, [at]);
    else places.push(at);
  });
  const differences: string[] = [];
  const places = recorded.map((event) => {
    const at = byText.get(event.text)?.shift();
    if (at === undefined) differences.push(`only recorded: ${brief(event)}`);
    return at ?? -1;
  });
  for (const left of byText.values())
    for (const at of left) {
      const event = played[at];
      if (event !== undefined) differences.push(`only played: ${brief(event)}`);
    }
  return { places, differences };
}

/** What differs between a recorded stream and a played one: missing and added events, values, order. Empty when they are equal. */
export function compare(recorded: NormalEvent[], played: NormalEvent[]): string[] {
  const { places, differences } = pair(recorded, played);
  recorded.forEach((event, i) => {
    const place = places[i] ?? -1;
    const like = played[place];
    if (like === undefined) return;
    for (const [key, value] of event.seconds) {
      const other = like.seconds.get(key) ?? Number.NaN;
      if (!(Math.abs(other - value) <= 1))
        differences.push(`${event.name} ${key}: ${value} recorded, ${other} played`);
    }
    for (let j = i + 1; j < recorded.length; j++) {
      const later = recorded[j];
      const placeOfLater = places[j] ?? -1;
      if (later === undefined || placeOfLater < 0 || placeOfLater > place) continue;
      if (isOrdered(event, later)) differences.push(`order: ${brief(event)}\n   BEFORE ${brief(later)}`);
    }
  });
  return differences;
}
