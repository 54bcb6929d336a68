import { createLog } from '../../platform/log.ts';
import { aClock } from './testing/clock.ts';
import { desksAtWork } from './testing/desks.ts';
import { createViewPushScheduler } from './view-push-scheduler.ts';

/** When views go out: what an agent waits for at the end of the turn, what nobody waits for a moment later or with the next one. */

function atWork() {
  const clock = aClock(0);
  const view = desksAtWork().view('1001');
  const pushed: string[] = [];
  const pushes = createViewPushScheduler({
    viewOf: (agent) => (agent === 'nobody' ? null : view),
    push: (agent) => {
      if (agent === 'broken') throw new Error('no socket');
      pushed.push(agent);
    },
    setTimer: clock.setTimer,
    log: createLog({ level: 'silent', showPersonal: false }),
  });
  return { clock, pushes, pushed };
}
const turn = () => Promise.resolve();

test('with haste: once an agent, at the end of the turn', async () => {
  const { pushes, pushed } = atWork();
  pushes.changed(['anna', 'boris'], true);
  pushes.changed(['anna'], true);
  expect(pushed).toEqual([]);
  await turn();
  expect(pushed).toEqual(['anna', 'boris']);
});

test('without haste: a moment later, and all that came meanwhile at once', async () => {
  const { clock, pushes, pushed } = atWork();
  pushes.changed(['anna'], false);
  clock.pass(60);
  pushes.changed(['boris', 'anna'], false);
  await turn();
  expect(pushed).toEqual([]);
  clock.pass(40);
  expect(pushed).toEqual(['anna', 'boris']);
  pushes.changed(['anna'], false);
  clock.pass(100);
  expect(pushed).toEqual(['anna', 'boris', 'anna']);
});

test('what waited goes along with a hasty view, and not once more', async () => {
  const { clock, pushes, pushed } = atWork();
  pushes.changed(['anna', 'boris'], false);
  pushes.changed(['anna'], true);
  await turn();
  expect(pushed).toEqual(['anna']);
  clock.pass(100);
  expect(pushed).toEqual(['anna', 'boris']);
});

test('an agent without a desk, or one who cannot be reached, keeps nothing from the others', async () => {
  const { pushes, pushed } = atWork();
  pushes.changed(['nobody', 'broken', 'anna'], true);
  await turn();
  expect(pushed).toEqual(['anna']);
});

test('nothing is pushed after the stop', () => {
  const { clock, pushes, pushed } = atWork();
  pushes.changed(['anna'], false);
  pushes.stop();
  clock.pass(1000);
  expect(pushed).toEqual([]);
});
