import type { PbxEvent, PhoneEvent } from './events.ts';
import { announcePhones, deviceChanged } from './members.ts';
import { type EndpointFacts, indexHints, indexOwners, type PhoneFacts } from './phone-facts.ts';
import type { Step } from './state.ts';

/** What is said of phones by the users' list and by the PBX. Members and states that are somebody else's now are told again. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

export function ownersTold(step: Step, event: Of<'Owners'>): void {
  const { phoneFacts } = step.state.data;
  if (isSame(phoneFacts.owners, event.owners)) return;
  phoneFacts.owners = new Map(event.owners);
  indexOwners(step.state);
  announcePhones(step, event.at);
}

export function hintTold(step: Step, event: Of<'Hint'>): void {
  if (!learnHint(step.state.data.phoneFacts, event)) return;
  indexHints(step.state);
  announcePhones(step, event.at);
}

export function endpointTold(step: Step, event: Of<'Endpoint'>): void {
  if (learnEndpoint(step.state.data.phoneFacts, event)) announcePhones(step, event.at);
}

/** All that a snapshot says of phones, at once. */
export function phonesListed(step: Step, at: number, listed: readonly PhoneEvent[]): void {
  const facts = step.state.data.phoneFacts;
  let changed = false;
  for (const event of listed) {
    if (event.type === 'Hint') changed = learnHint(facts, event) || changed;
    else if (event.type === 'Endpoint') changed = learnEndpoint(facts, event) || changed;
  }
  if (changed) {
    indexHints(step.state);
    announcePhones(step, at);
  }
  for (const event of listed) if (event.type === 'Device') deviceChanged(step, event);
}

function learnHint({ hints }: PhoneFacts, { exten, devices }: Of<'Hint'>): boolean {
  if (hints.get(exten)?.join() === devices.join()) return false;
  if (devices.length === 0) return hints.delete(exten);
  hints.set(exten, devices);
  return true;
}

function learnEndpoint({ endpoints }: PhoneFacts, { device, facts }: Of<'Endpoint'>): boolean {
  const known = endpoints.get(device);
  const next: EndpointFacts = {
    context: facts.context ?? known?.context ?? null,
    kind: facts.kind ?? known?.kind ?? null,
    number: facts.number ?? known?.number ?? null,
  };
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(next)) return false;
  endpoints.set(device, next);
  return true;
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
