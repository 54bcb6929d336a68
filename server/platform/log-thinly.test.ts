import { createLog } from './log.ts';
import { createThinLog } from './log-thinly.ts';

test('a flood is told in one line a second, with how many there were', () => {
  const clock = { now: 0 };
  const log = createLog({ level: 'silent', showPersonal: false });
  const lines: unknown[] = [];
  jest.spyOn(log, 'warn').mockImplementation((...told: unknown[]) => void lines.push(told));
  const thin = createThinLog(log, { elapsed: () => clock.now });
  for (let time = 0; time < 2500; time += 10) {
    clock.now = time;
    thin.warn('frames', { user: 'u1' }, 'Too many');
  }
  thin.warn('other', {}, 'Another kind');
  expect(lines).toEqual([
    [{ user: 'u1' }, 'Too many'],
    [{ user: 'u1', more: 99 }, 'Too many'],
    [{ user: 'u1', more: 99 }, 'Too many'],
    [{}, 'Another kind'],
  ]);
});
