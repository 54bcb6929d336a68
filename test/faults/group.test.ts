import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { interactionPage } from '@ringdesk/shared/interaction';
import { eventually } from '../house/eventually.ts';
import { callsFor, hirePeople, openHouse, supervisor } from '../house/house.ts';
import { crewAt, talking } from './crew.ts';
import { expectJournalInDatabase } from './same-records.ts';

jest.setTimeout(180_000);

/** systemd (KillMode=control-group) and `timeout` signal every process of the group at once, the store's too. */
test('SIGTERM to the whole group is an orderly stop, and nothing that was written is open to others', async () => {
  const house = await openHouse();
  try {
    await callsFor(house, { agents: 16, callsPerSecond: 3 });
    await hirePeople(house);
    const server = await house.start();
    await talking(await crewAt(house, server.url, { wrapsUp: true }));
    const vera = await supervisor(server.url);
    await eventually('a call that has ended', async () => {
      const { body } = await vera.get('/api/interactions');
      return interactionPage.parse(body).interactions.length > 0 ? true : null;
    });
    for (const pid of [...childrenOf(server.program.pid), server.program.pid]) process.kill(pid, 'SIGTERM');
    expect(await server.program.ended()).toEqual({ code: 0, signal: null });
    expect(server.program.stderr()).not.toMatch(/ended unexpectedly|took longer than|Stopping .* failed/);
    expect((await expectJournalInDatabase(house.env)).size).toBeGreaterThanOrEqual(1);
    const data = join(house.dir, 'data');
    const open = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter(
      (name) => (statSync(join(data, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
    expect(statSync(data).mode & 0o777).toBe(0o700);
  } finally {
    await house.close();
  }
});

function childrenOf(pid: number): number[] {
  const listed = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' '),
  );
  const children = listed.filter((one) => one !== '').map(Number);
  return children.flatMap((child) => [...childrenOf(child), child]);
}
