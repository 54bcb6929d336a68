import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../../server/stand-ins/asterisk-simulator/index.ts';
import { startSmallPbx } from '../../server/telephony/link/testing/small-pbx.ts';
import { type House, openHouse } from '../house/house.ts';
import { freePort } from './line.ts';

jest.setTimeout(60_000);

let house: House;
let port: number;
beforeAll(async () => {
  house = await openHouse({ PORT: '0' });
  const simulator = await startSimulator({ username: 'ringdesk', secret: 'right', seed: 1 });
  house.atEnd(() => simulator.stop());
  port = simulator.port;
});
afterAll(() => house.close());

/** What the doctor says of these PBXs, a line each, and its exit code. */
async function examined(pbx: readonly object[]) {
  writeFileSync(join(house.dir, 'ringdesk.json'), JSON.stringify({ pbx }));
  const doctor = house.run(['doctor']);
  const { code } = await doctor.ended(50_000);
  return { code, text: doctor.stdout() };
}

const users = {
  eventsUser: 'ringdesk',
  actionsUser: 'ringdesk',
  eventsSecret: 'right',
  actionsSecret: 'right',
};
const here = (name: string, more: object = {}) => ({ name, host: '127.0.0.1', port, ...users, ...more });

test('all is well: every part is named', async () => {
  const { code, text } = await examined([here('main')]);
  expect(text).toMatch(/database.*the embedded store answers/);
  expect(text).toMatch(/pbx main.*'ringdesk' logs in \(Asterisk Call Manager/);
  expect(text).toMatch(/pbx main.*may do what is needed: Ping, .*QueueStatus/);
  expect(text).toMatch(/pbx main.*events arrive \(tried: Newchannel, Hangup\)/);
  expect(text).toMatch(/pbx main.*events arrive \(tried: QueueMemberPenalty\)/);
  expect(text).toMatch(/pbx main.*its clock is within 2 s of ours/);
  expect(code).toBe(0);
});

test('a wrong password, and a PBX that is not there', async () => {
  const { code, text } = await examined([
    here('strange', { eventsSecret: 'wrong' }),
    here('absent', { port: await freePort() }),
  ]);
  expect(text).toMatch(/pbx strange.*refused the login of user 'ringdesk'/);
  expect(text).toMatch(/pbx absent.*is not reachable/);
  expect(code).toBe(1);
});

test('an Asterisk that is too old for its events to be understood', async () => {
  const old = await startSmallPbx(0, { version: '11.25.3', ami: '1.3' });
  house.atEnd(() => old.stop());
  const { code, text } = await examined([here('old', { port: old.port })]);
  expect(text).toMatch(/FAIL.*pbx old.*Asterisk 11\.25\.3 \(AMI 1\.3\) is too old.*16 or newer is needed/);
  expect(code).toBe(1);
});

test('two PBXs that call themselves the same', async () => {
  const { code, text } = await examined([here('first'), here('copy')]);
  expect(text).toMatch(/pbx copy.*it calls itself 'sim', as 'first' does/);
  expect(text).toMatch(/Give each its own systemname in asterisk\.conf/);
  expect(code).toBe(1);
});
