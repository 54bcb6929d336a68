import type { AmiProbe, Lab } from '../lab.ts';

/** Phones 3000 and up by what they do; each group is one SIPp process (see Lab.phoneGroup). */
const members: [queue: string, agents: number[]][] = [
  // 0: answer.  1: let it ring.  2: are busy.  3: hold the caller for a while.  4: send the caller on to support.
  ['sales', [...span(3000, 3010), 3020, 3021, 3040, ...span(3060, 3062), ...span(3080, 3083)]],
  ['support', [...span(3011, 3016), 3022, 3041, ...span(3063, 3064)]],
  ['complaints', [...span(3017, 3019), 3065]],
];

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Fills the queues with agents of all tempers, and gives the numbers 1004-1008 phones that answer. */
export async function seatAgents(lab: Lab, ami: AmiProbe): Promise<void> {
  lab.phoneGroup(0, 'agent', { ringMs: 500, talkMs: 6000 });
  lab.phoneGroup(1, 'agent-noanswer');
  lab.phoneGroup(2, 'agent-busy');
  lab.phoneGroup(3, 'agent-hold', { ringMs: 700, beforeMs: 800, holdMs: 1500, talkMs: 4000 });
  lab.phoneGroup(4, 'agent-refer', { ringMs: 400, beforeMs: 1500, referTo: '2001' });
  await lab.phones(['1004', '1005', '1006', '1007', '1008'], 'agent', { ringMs: 600, talkMs: 7000 });
  for (const [queue, agents] of members)
    for (const agent of agents) {
      const device = `PJSIP/${agent}`;
      const member = {
        Queue: queue,
        Interface: device,
        StateInterface: device,
        MemberName: `Agent ${agent}`,
      };
      await ami.action({ Action: 'QueueAdd', ...member });
    }
}
