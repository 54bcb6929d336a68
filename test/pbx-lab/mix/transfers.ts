import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../server/stand-ins/asterisk-simulator/random.ts';
import type { AmiFields, AmiProbe, DeskPhone, Lab } from '../lab.ts';

const phone = (fields: AmiFields) => /^PJSIP\/(\d+)-/.exec(fields['DestChannel'] ?? '')?.[1] ?? '';

/** Now and then an ordinary agent of sales sends its caller on, by AMI as Ringdesk does it. */
export function transferSome(ami: AmiProbe, random: Random): void {
  ami.onEvent((fields) => {
    if (fields['Event'] !== 'AgentConnect' || fields['Queue'] !== 'sales' || phone(fields) > '3010') return;
    const Channel = fields['DestChannel'] ?? '';
    const to = { Channel, Context: 'from-agents', Exten: random.pick(['1006', '2001', '2002']) };
    const drawn = random.next();
    if (drawn < 0.1) later(random, () => ami.action({ Action: 'BlindTransfer', ...to }));
    else if (drawn < 0.2)
      later(random, async () => {
        await ami.action({ Action: 'Atxfer', ...to });
        await pause(random.whole(2000, 3500));
        const end = random.chance(0.7) ? 'Hangup' : 'CancelAtxfer';
        await ami.action({ Action: end, Channel });
      });
  });
}

/** The agent takes a moment. The caller may be gone by then: the action is refused, and that is all. */
export function later(random: Random, act: () => Promise<unknown>): void {
  setTimeout(() => void act().catch(() => undefined), random.whole(300, 2500));
}

/** Two agents of sales with two-line desk phones, who ask a colleague or another queue before they transfer, and then connect both. */
export async function seatConsultingAgents(lab: Lab, random: Random): Promise<void> {
  for (const agent of ['1001', '1002']) {
    const desk = await lab.deskPhone(agent, 400);
    void consult(desk, random.fork(agent));
  }
}

async function consult(desk: DeskPhone, random: Random): Promise<never> {
  for (;;) {
    const customer = await desk.answered();
    const extension = random.pick(['1005', '2001', '2002']);
    await pause(random.whole(300, 1500));
    try {
      await desk.hold(customer);
      const second = await desk.call(extension);
      await pause(random.whole(100, 2500));
      await desk.connect(customer, second, extension);
    } catch {
      // The customer, or the colleague, has hung up meanwhile.
    }
  }
}
