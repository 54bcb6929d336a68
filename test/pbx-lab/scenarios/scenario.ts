import { setTimeout as pause } from 'node:timers/promises';
import { type AmiProbe, agentNumbers, type Lab } from '../lab.ts';

/** One thing that happens on a PBX, played with real phones. Resolves when its calls are over. */
export interface Scenario {
  name: string;
  what: string;
  /** The recording begins with the PBX's hints, as a client asks for them at a login: whose phones are called otherwise than their users. */
  hints?: true;
  run(stage: Stage): Promise<void>;
}

export interface Stage {
  lab: Lab;
  /** Hears and may do everything. */
  ami: AmiProbe;
  /** Where a look at the PBX's state is worth keeping beside the stream. */
  moment(name: string): Promise<void>;
}

export { pause };

export const caller = (number: string, name?: string): string =>
  `${name === undefined ? '' : `"${name}" `}<sip:${number}@carrier.invalid>`;

/** A clean start: no calls, no phone registered, nobody paused. */
async function clearStage({ lab, ami }: Pick<Stage, 'lab' | 'ami'>): Promise<void> {
  await ami.idle();
  await lab.clear();
  for (const agent of agentNumbers)
    await ami.action({ Action: 'QueuePause', Interface: `PJSIP/${agent}`, Paused: 'false' });
}

/** A little longer than `wrapuptime` in queues.conf: the next caller would wait for who talked last. */
const wrapUpMs = 2200;

/** Runs it and waits until no channel is left and no agent is in wrap-up. */
export async function play(
  scenario: Scenario,
  stage: Pick<Stage, 'lab' | 'ami'> & Partial<Stage>,
): Promise<void> {
  await clearStage(stage);
  await scenario.run({ moment: async () => undefined, ...stage });
  await stage.ami.idle();
  await pause(wrapUpMs);
}
