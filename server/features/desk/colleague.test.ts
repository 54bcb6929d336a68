import { aCall, aLeg } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

/** Who is at the other end of a call between colleagues. Boris dials, in all of them. */

const [anna, boris, clara] = ['1001', '1002', '1003'] as const;
const call = aCall('c1');
const fromBoris = call.started(0, { direction: 'internal', number: null, numberRaw: boris, name: 'Boris' });
const rings = (agent: string, index: number, at = 1) => call.offered(at, aLeg(agent, { index, queue: null }));
const takes = (agent: string, index: number, at = 2) =>
  call.answered(at, aLeg(agent, { index, queue: null }));

test('a group is rung: both see Boris, not each other', () => {
  const desk = desksAtWork();
  desk.say(fromBoris, rings(anna, 0), rings(clara, 1));
  for (const agent of [anna, clara]) expect(desk.card(agent).callerName).toBe('Boris Ivanov');
});

test('who picks the call up sees Boris, not whose phone rang', () => {
  const desk = desksAtWork();
  const pickup = { kind: 'pickup', by: clara, to: clara, toQueue: null } as const;
  desk.say(fromBoris, rings(anna, 0), rings(clara, 1), takes(clara, 1), call.transferred(2, pickup));
  expect(desk.card(clara)).toMatchObject({ callerName: 'Boris Ivanov', numberRaw: boris });
});

test('Anna gives the call to Clara: Clara sees Boris', () => {
  const desk = desksAtWork();
  const blind = { kind: 'blind', by: anna, to: clara, toQueue: null } as const;
  desk.say(fromBoris, rings(anna, 0), takes(anna, 0), call.transferred(3, blind), rings(clara, 1, 3));
  expect(desk.card(clara).callerName).toBe('Boris Ivanov');
});

test('Boris gives Anna to Clara: the two see each other', () => {
  const desk = desksAtWork();
  const blind = { kind: 'blind', by: boris, to: clara, toQueue: null } as const;
  desk.say(fromBoris, rings(anna, 0), takes(anna, 0), call.transferred(3, blind), rings(clara, 1, 3));
  expect(desk.card(clara).callerName).toBe('Anna Petrova');
  expect(desk.card(anna).callerName).toBe('Clara Nowak');
});
