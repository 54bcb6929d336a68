import { deviceAt } from '@ringdesk/shared/user';

/**
 * Whose device is whose on a PBX: device → agent. Two PBXs may have phones of one name, so who has `kazan:PJSIP/1001` has it there, before whoever has
 * `PJSIP/1001` on all.
 */
export function ownersOf(
  agents: readonly { id: string; devices: readonly string[] }[],
  pbx: string,
): ReadonlyMap<string, string> {
  const everywhere = new Map<string, string>();
  const here = new Map<string, string>();
  for (const { id, devices } of agents)
    for (const device of devices) {
      const name = deviceAt(device, pbx);
      if (name !== null) (name === device ? everywhere : here).set(name, id);
    }
  return new Map([...everywhere, ...here]);
}
