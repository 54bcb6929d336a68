import type { Random } from '../../../server/stand-ins/asterisk-simulator/random.ts';
import type { AmiProbe, Lab } from '../lab.ts';
import type { House } from './house.ts';
import { type Kind, seconds } from './plan.ts';
import { later } from './transfers.ts';

/**
 * A house of FreePBX's shape (conf/extensions.d/freepbx.conf): users 5000 to 5049 with phones called PJSIP/desk-5000 and so on, members
 * Local/5000@from-queue/n whose state is a hint's, follow-me, ring groups, forwards; no word of the dialplan on how a stay in a queue ends.
 */
const members: [queue: string, users: number[]][] = [
  // 5008 and 5009 forward to a colleague who is in the other queue: queue_log credits the member, we who took the call (compareEntries knows).
  // 5000 on: answer.  5010 on: let it ring, 5015 on with a mobile.  5020 on: are busy.  5030 on: hold.  5040 on: send the caller on to 591.
  ['590', [5000, 5001, 5002, 5003, 5004, 5005, 5008, 5010, 5015, 5016, 5020, 5030, 5031, 5040]],
  ['591', [5006, 5007, 5009, 5011, 5017, 5021, 5032]],
];

const queueNumbers = ['4910', '4910', '4911'] as const;
const plain =
  (numbers: readonly [string, ...string[]], from: number, to: number): Kind[2] =>
  (random) => ({
    behaviour: 'caller',
    values: { to: random.pick(numbers), talkMs: seconds(random, from, to) },
  });

const kinds: Kind[] = [
  ['to a queue', 54, plain(queueNumbers, 3, 12)],
  ['impatient', 16, plain(queueNumbers, 0.2, 2.5)],
  ['to a ring group', 10, plain(['4912'], 3, 8)],
  ['to a ring group with a mobile', 6, plain(['4913'], 4, 9)],
  ['to a hunt group', 8, plain(['4914'], 4, 12)],
  ['to follow-me', 6, plain(['4915'], 5, 12)],
];

async function seatUsers(lab: Lab, ami: AmiProbe): Promise<void> {
  lab.phoneGroup(0, 'agent', { ringMs: 500, talkMs: 6000 });
  lab.phoneGroup(1, 'agent-noanswer');
  lab.phoneGroup(2, 'agent-busy');
  lab.phoneGroup(3, 'agent-hold', { ringMs: 700, beforeMs: 800, holdMs: 1500, talkMs: 4000 });
  lab.phoneGroup(4, 'agent-refer', { ringMs: 400, beforeMs: 1500, referTo: '591' });
  // The mobiles: they accept with 1.
  lab.outside('agent-accepts', { ringMs: 600, keysAfterMs: 1200, talkMs: 6000 });
  for (const [queue, users] of members)
    for (const user of users)
      await ami.action({
        Action: 'QueueAdd',
        Queue: queue,
        Interface: `Local/${user}@from-queue/n`,
        StateInterface: `hint:${user}@ext-local`,
        MemberName: `User ${user}`,
      });
}

/** Now and then who has answered on an ordinary phone sends the caller on to a colleague or the other queue. */
function transferSome(ami: AmiProbe, random: Random): void {
  ami.onEvent((fields) => {
    const Channel = fields['DestChannel'] ?? '';
    if (fields['Event'] !== 'DialEnd' || fields['DialStatus'] !== 'ANSWER') return;
    if (!/^PJSIP\/desk-500\d-/.test(Channel) || !random.chance(0.15)) return;
    const to = { Channel, Context: 'from-internal', Exten: random.pick(['5006', '591']) };
    later(random, () => ami.action({ Action: 'BlindTransfer', ...to }));
  });
}

export const freepbxHouse: House = {
  name: 'freepbx',
  kinds,
  seat: async (lab, ami, random) => {
    await seatUsers(lab, ami);
    transferSome(ami, random.fork('transfers'));
  },
};
