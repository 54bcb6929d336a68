import { OFFLINE } from './day/seats.ts';
import { addPhone, registerPhone } from './engine/device.ts';
import { addMember, addQueue } from './engine/members.ts';
import type { Pbx, QueueSettings, Strategy } from './engine/state.ts';
import type { DemoAgent } from './population.ts';

/** Queues in the order in which Asterisk walks them. */
const QUEUES: readonly [name: string, strategy: Strategy, voicemailBox: string][] = [
  ['support', 'leastrecent', '2001'],
  ['complaints', 'ringall', '2002'],
  ['sales', 'rrmemory', '2000'],
];

function settings(strategy: Strategy, voicemailBox: string, wrapUpSeconds: number): QueueSettings {
  // No announcements of the position: no phone rings while one is played, and a demo should not wait for them.
  return { strategy, voicemailBox, wrapUpSeconds, ringMs: 8000, retryMs: 1000, announcePosition: false };
}

/** Furnishes the exchange: the queues, and a registered phone for each agent. Seats of people start paused as `offline`. */
export function furnish(pbx: Pbx, agents: readonly DemoAgent[], wrapUpSeconds: number): void {
  for (const [name, strategy, box] of QUEUES) addQueue(pbx, name, settings(strategy, box, wrapUpSeconds));
  const loginTime = Math.floor(pbx.clock.now() / 1000);
  for (const agent of agents) {
    for (const [queueName, penalty] of Object.entries(agent.queues)) {
      const queue = pbx.queues.get(queueName);
      if (queue === undefined) continue;
      const { name, device } = agent;
      addMember(queue, {
        name,
        interface: device,
        stateInterface: device,
        membership: 'static',
        penalty,
        loginTime,
        paused: !agent.automatic,
        pausedReason: agent.automatic ? '' : OFFLINE,
      });
    }
    registerPhone(pbx, addPhone(pbx, agent.extension, agent.name));
  }
}
