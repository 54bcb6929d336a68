import { openApi } from '../../../platform/api/testing/open-api.ts';
import { aCall, aLeg, aMember } from './call.ts';
import { aDesk } from './desk-at-work.ts';

/** Of the user `anna`, whose phone takes the call. */
export const anna = '1001';
export const call = aCall('lab-1795357080.0');
export const card = '/api/desk/cards/lab-1795357080.0';

export let d: ReturnType<typeof aDesk>;
let api: Awaited<ReturnType<typeof openApi>>;

/** Before each test a desk at work behind real HTTP, with the users `anna`, `boris` and `chief`, who has no phone. */
export function useDeskApi(): void {
  beforeEach(async () => {
    d = aDesk();
    const user = { role: 'agent' as const, locale: null };
    d.users.set('anna', {
      ...user,
      id: 'u1',
      login: 'anna',
      name: 'Anna Petrova',
      agent: anna,
      device: 'PJSIP/1001',
    });
    d.users.set('boris', {
      ...user,
      id: 'u2',
      login: 'boris',
      name: 'Boris Ivanov',
      agent: '1002',
      device: 'PJSIP/1002',
    });
    d.users.set('chief', {
      ...user,
      id: 'u3',
      login: 'chief',
      name: 'Chief',
      role: 'supervisor',
      agent: null,
      device: null,
    });
    await d.desk.start();
    d.linkUp();
    api = await openApi(d.desk.routes, (request) => d.users.get(request.get('x-user') ?? '') ?? null);
  });

  afterEach(async () => {
    await api.close();
    await d.desk.stop();
    d.remove();
  });
}

/** @param user who asks, by the login */
export async function ask(user: string, method: string, path: string, body?: unknown) {
  const response = await fetch(api.url + path, {
    method,
    headers: { 'x-user': user, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** What came of it, in a line: 204, or the status and the code of the refusal. */
export async function outcome(user: string, method: string, path: string, body?: unknown): Promise<string> {
  const answer = await ask(user, method, path, body);
  return answer.body?.error === undefined
    ? String(answer.status)
    : `${answer.status} ${answer.body.error.code}`;
}

export function talking() {
  d.say(aMember(0, 'PJSIP/1001'), call.started(1), call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna)));
  d.pbx.asked();
}

export function wrappingUp() {
  talking();
  d.say(call.ended(10, aLeg(anna)));
}
