/** Whose device is whose: device → agent. */
export function ownersOf(
  agents: readonly { id: string; devices: readonly string[] }[],
): ReadonlyMap<string, string> {
  return new Map(agents.flatMap(({ id, devices }) => devices.map((device) => [device, id] as const)));
}
