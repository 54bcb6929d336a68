import { loadConfig } from '../../server/config/index.ts';
import { createInteractions } from '../../server/features/interactions/index.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { openStore } from '../../server/platform/store/index.ts';
import { anAnsweredLeg, anInteraction } from '../../shared/testing/an-interaction.ts';
import { type House, hire, openHouse, pbxAt } from '../house/house.ts';

jest.setTimeout(180_000);

let house: House;
beforeAll(async () => {
  house = await openHouse({ PORT: '0', ...pbxAt(1) });
  await hire(house, [{ login: 'admin', name: 'Administrator', role: 'admin' }]);
  const { dataDir } = loadConfig(house.env);
  const log = createLog({ level: 'fatal', showPersonal: false });
  const store = await openStore({ mongoUrl: null, dataDir, log, metrics: createMetrics() });
  const interactions = createInteractions({ store, agentNames: async () => new Map() });
  await store.prepared();
  await interactions.write([
    anInteraction({
      startedAt: '2026-03-02T10:00:00.000Z',
      legs: [anAnsweredLeg({ queue: '=sales', offeredAt: '2026-03-02T10:00:01.000Z' })],
    }),
  ]);
  await store.close();
});
afterAll(() => house?.close());

const march = ['--from', '2026-03-01', '--to', '2026-04-01'];
async function report(...args: string[]) {
  const program = house.run(['report', ...args]);
  const { code } = await program.ended();
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

test('a report is the same without a server and beside one', async () => {
  const alone = await report('queues', ...march);
  expect([alone.code, alone.stderr]).toEqual([0, '']);
  expect(JSON.parse(alone.stdout)).toMatchObject({
    rows: [{ queue: '=sales', handled: 1, talkSeconds: 3 }],
    total: { handled: 1, serviceLevel: null },
  });
  const server = await house.start();
  expect((await report('queues', ...march)).stdout).toBe(alone.stdout);
  await server.stop();
});

test('as CSV it has the total last, nothing for what is not there, and no formula', async () => {
  const { stdout } = await report('agents', ...march, '--by', 'queue,agent', '--csv');
  const [head, row, total, end] = stdout.split('\r\n');
  expect(head).toMatch(/^queue,agent,offers,handled,missed,rnaRate,/);
  expect(row).toMatch(/^'=sales,1001,1,1,0,0,3,/);
  expect(total).toMatch(/^,,1,1,/);
  expect(end).toBe('');
});

test('what is no report, no day or no variant is said in one line, with the code of its kind', async () => {
  expect(await report('nothing', ...march)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^There is no report 'nothing': there are queues, /),
  });
  expect((await report('queues', ...march, '--variant', 'fast')).code).toBe(2);
  const wrong = await report('queues', '--from', '2026-02-31', '--to', '2026-04-01');
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("'2026-02-31'")]);
});
