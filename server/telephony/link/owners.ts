/**
 * Whose device is whose on one PBX. A device may name its PBX, where two have phones of the same name: `kazan:PJSIP/1001`.
 * @returns device → agent
 */
export function ownersOn(
  pbx: string,
  agents: readonly { id: string; devices: readonly string[] }[],
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { id, devices } of agents) {
    for (const written of devices) {
      const [, named = pbx, device = written] =
        /^([a-z0-9][a-z0-9-]*):([A-Za-z0-9]+\/.+)$/.exec(written) ?? [];
      if (named === pbx) owners.set(device, id);
    }
  }
  return owners;
}
