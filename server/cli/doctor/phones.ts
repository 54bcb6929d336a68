import { deviceAt, isOfHouse } from '@ringdesk/shared/user';
import type { Config, PbxConfig } from '../../config/index.ts';
import {
  applySnapshot,
  createCallState,
  type ListedDevice,
  listPhones,
  type PhoneReason,
  readSnapshot,
} from '../../telephony/calls/index.ts';
import { askPhones, callOptions, ownersOf } from '../../telephony/link/index.ts';
import { type Finding, ok, warning } from './finding.ts';
import { aboutPbx, withSession } from './session.ts';
import type { Seated } from './users.ts';

const shown = 40;

const because: Readonly<Record<PhoneReason, string>> = {
  user: 'a user has it',
  'trunk-setting': 'PBX_TRUNKS',
  'phone-setting': 'PBX_PHONES',
  member: 'member of a queue',
  line: 'the PBX logs in there',
  hint: 'a hint watches it',
  endpoint: 'it logs in to the PBX',
  twin: 'second device of its extension, by its name',
  digits: 'only its name looks like an extension',
  dialled: 'it was dialled like a phone',
  nothing: 'nothing is known of it',
};

/**
 * The phones and lines of a PBX as the call model sees them, whose each is and why, what it is unsure of, and where the users' list and the PBX do not
 * agree.
 * @param users who takes calls; null when it is not known
 */
export async function checkPhones(
  config: Config,
  pbx: PbxConfig,
  users: readonly Seated[] | null,
): Promise<Finding[]> {
  const found = await withSession(
    pbx,
    { user: pbx.eventsUser, secret: pbx.eventsSecret },
    async ({ session }): Promise<Finding[]> => {
      const queues = await session.action('QueueStatus');
      const phones = await askPhones(session, () => false);
      const told = readSnapshot([...phones, ...queues.events], 0);
      const seen = (owners?: ReadonlyMap<string, string>) => {
        const state = createCallState(callOptions(config, pbx, owners));
        applySnapshot(state, told);
        return listPhones(state);
      };
      if (users === null) return findingsOf(aboutPbx(pbx), seen());
      const known = new Set(seen().map(({ device }) => device));
      return [
        ...findingsOf(aboutPbx(pbx), seen(ownersOf(users, pbx.name)), true),
        ...disagreements(aboutPbx(pbx), pbx.name, users, known),
      ];
    },
  );
  return Array.isArray(found) ? found : [found];
}

/**
 * Exported for its test.
 * @param usersKnown whether the list knows who has which phone: else nobody is said to have none
 */
export function findingsOf(about: string, devices: readonly ListedDevice[], usersKnown = false): Finding[] {
  const sure = devices.filter(({ doubt }) => doubt === null || doubt === 'no-user');
  const phones = sure.filter(({ agent }) => agent !== null);
  const lines = sure.filter(({ agent }) => agent === null);
  const unsure = devices.filter((device) => !sure.includes(device));
  const findings = [
    ok(
      about,
      `phones: ${listed(phones, ({ device, agent, why }) => `${device} is ${agent}'s (${because[why]})`)}`,
    ),
    ok(about, `lines to the outside: ${listed(lines, ({ device, why }) => `${device} (${because[why]})`)}`),
  ];
  if (unsure.length > 0)
    findings.push(
      warning(
        about,
        `not sure: ${listed(unsure, ({ device, agent, why }) => `${device}, taken for ${agent === null ? 'a line to the outside' : `${agent}'s phone`} (${because[why]})`)}`,
        "Name lines in PBX_TRUNKS, phones in PBX_PHONES or as a user's device (`ringdesk user seat LOGIN AGENT --device …`).",
      ),
    );
  const nobodys = phones.filter(({ isUsers, why }) => usersKnown && !isUsers && why === 'member');
  if (nobodys.length > 0)
    findings.push(
      warning(
        about,
        `no user's phones, though queues ring them: ${listed(nobodys, ({ device, agent }) => `${device} (${agent})`)}`,
        'Their calls come to no desk. Create their users (`ringdesk user add LOGIN --agent … --device …`), or give the phones to those who have them.',
      ),
    );
  return findings;
}

/**
 * What the users' list says that cannot be right. Exported for its test.
 * @param known what the PBX tells of, by any name
 */
export function disagreements(
  about: string,
  pbx: string,
  users: readonly Seated[],
  known: ReadonlySet<string>,
): Finding[] {
  const holders = new Map<string, string[]>();
  for (const { login, devices } of users)
    for (const device of new Set(devices))
      if (deviceAt(device, pbx) !== null) holders.set(device, [...(holders.get(device) ?? []), login]);
  const shared = [...holders].filter(([, logins]) => logins.length > 1);
  const strange = [...holders].filter(([device]) => isStrange(deviceAt(device, pbx) ?? device, known));
  const findings: Finding[] = [];
  if (shared.length > 0)
    findings.push(
      warning(
        about,
        `several users have one phone: ${named(shared)}`,
        'Its calls come to one of them only. Name the phones of each with `ringdesk user seat LOGIN AGENT --device …`.',
      ),
    );
  if (strange.length > 0)
    findings.push(
      warning(
        about,
        `phones of users of which the PBX tells nothing: ${named(strange)}`,
        'Compare the names with `pjsip show endpoints`; on another PBX, put its name before the phone, e.g. `kazan:PJSIP/1001`.',
      ),
    );
  return findings;
}

/** A way through the dialplan and a number outside are nothing that a PBX lists; and one that lists no phone at all has nothing to compare with. */
function isStrange(device: string, known: ReadonlySet<string>): boolean {
  return isOfHouse(device) && !device.startsWith('Local/') && known.size > 0 && !known.has(device);
}

function named(holders: readonly (readonly [string, readonly string[]])[]): string {
  const more = holders.length - shown;
  const words = holders.slice(0, shown).map(([device, logins]) => `${device} (${logins.join(', ')})`);
  return words.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function listed(devices: readonly ListedDevice[], words: (device: ListedDevice) => string): string {
  if (devices.length === 0) return 'none';
  const more = devices.length - shown;
  return devices.slice(0, shown).map(words).join('; ') + (more > 0 ? `; and ${more} more` : '');
}
