import { ClockWatch } from './clock-watch.ts';

test('a clock that is set is told once, by how much; one that only runs is not', () => {
  let [wall, steady] = [1_000_000, 0];
  const watch = new ClockWatch(
    () => wall,
    () => steady,
  );
  const pass = (ms: number, setBy = 0) => {
    steady += ms;
    wall += ms + setBy;
    return watch.jumped();
  };
  expect([pass(60_000), pass(500, -3_600_000), pass(500), pass(500, 7_200_000), pass(500, 300)]).toEqual([
    0, -3_600_000, 0, 7_200_000, 0,
  ]);
});
