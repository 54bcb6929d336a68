import type { Config, PbxConfig } from '../../config/index.ts';
import {
  applySnapshot,
  createCallState,
  type ListedDevice,
  listPhones,
  type PhoneReason,
  readSnapshot,
} from '../../telephony/calls/index.ts';
import { askPhones, callOptions } from '../../telephony/link/index.ts';
import { type Finding, ok, warning } from './finding.ts';
import { aboutPbx, withSession } from './session.ts';

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

/** The phones and lines of a PBX as the call model sees them, whose each is and why, and what it is unsure of. Users are not asked. */
export async function checkPhones(config: Config, pbx: PbxConfig): Promise<Finding[]> {
  const found = await withSession(
    pbx,
    { user: pbx.eventsUser, secret: pbx.eventsSecret },
    async ({ session }): Promise<Finding[]> => {
      const state = createCallState(callOptions(config, pbx));
      const queues = await session.action('QueueStatus');
      const phones = await askPhones(session, () => false);
      applySnapshot(state, readSnapshot([...phones, ...queues.events], 0));
      return findingsOf(aboutPbx(pbx), listPhones(state));
    },
  );
  return Array.isArray(found) ? found : [found];
}

/** Exported for its test. */
export function findingsOf(about: string, devices: readonly ListedDevice[]): Finding[] {
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
  return findings;
}

function listed(devices: readonly ListedDevice[], words: (device: ListedDevice) => string): string {
  if (devices.length === 0) return 'none';
  const more = devices.length - shown;
  return devices.slice(0, shown).map(words).join('; ') + (more > 0 ? `; and ${more} more` : '');
}
