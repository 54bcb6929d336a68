import { devicesOf } from '@ringdesk/shared/user';
import { z } from 'zod';
import type { Config } from '../../config/index.ts';
import { createUsers, obey } from '../../features/users/index.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { askDoor } from '../../platform/process/operator-door.ts';
import { openStore } from '../../platform/store/index.ts';

/** A user who takes calls. */
export interface Seated {
  login: string;
  /** The agent's id in calls. */
  id: string;
  devices: readonly string[];
}

const listed = z.array(
  z.object({
    login: z.string(),
    agent: z.string().nullable(),
    device: z.string().nullable(),
    disabled: z.boolean(),
  }),
);

/** Who takes calls, by the server that runs on this data directory, else by the database. Null when neither can be asked. */
export async function seatedUsers(config: Config): Promise<Seated[] | null> {
  try {
    const answer = await askDoor(config.dataDir, { do: 'list' });
    if (answer !== null && !('done' in answer)) return null;
    const users = listed.parse(answer === null ? await fromStore(config) : answer.done);
    return users.flatMap(({ login, agent, device, disabled }) =>
      agent === null || disabled ? [] : [{ login, id: agent, devices: devicesOf({ agent, device }) }],
    );
  } catch {
    return null;
  }
}

async function fromStore({ mongoUrl, dataDir }: Config): Promise<unknown> {
  const log = createLog({ level: 'silent', showPersonal: false });
  const store = await openStore({ mongoUrl, dataDir, log, metrics: createMetrics() });
  try {
    if (store.state() !== 'up') throw new Error('the database does not answer');
    return await obey(createUsers({ store }), { do: 'list' });
  } finally {
    await store.close();
  }
}
