import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../house/eventually.ts';
import { hirePeople, openHouse, password } from '../house/house.ts';
import { logIn } from '../house/session.ts';

jest.setTimeout(180_000);

/** Loaded before everything else in the server: its wall clock is an hour behind from when there is this file. */
const shiftedClock = (file: string) => `
const { existsSync, writeFileSync } = require('node:fs');
const RealDate = Date;
let off = 0;
setInterval(() => {
  if (off !== 0 || !existsSync(${JSON.stringify(file)})) return;
  off = -3_600_000;
  writeFileSync(${JSON.stringify(`${file}-is-set`)}, '');
}, 50).unref();
const now = () => RealDate.now() + off;
globalThis.Date = class extends RealDate {
  constructor(...said) { said.length === 0 ? super(now()) : super(...said); }
  static now() { return now(); }
};
`;

test('a clock that is set back an hour lets no old session live on and keeps nobody out', async () => {
  const house = await openHouse();
  try {
    await hirePeople(house);
    const setBack = join(house.dir, 'set-back');
    const preload = join(house.dir, 'clock.cjs');
    writeFileSync(preload, shiftedClock(setBack));
    const server = await house.start({ NODE_OPTIONS: `--require ${preload}` });
    const petr = await logIn(server.url, '1001', password);
    await expect(logIn(server.url, '1003', 'a wrong password')).rejects.toThrow(/wrong-login/);

    writeFileSync(setBack, '');
    await eventually('the server has the new time', async () => existsSync(`${setBack}-is-set`) || null);
    // It began in what is the future now.
    expect((await petr.get('/api/me')).status).toBe(401);
    const again = await logIn(server.url, '1001', password);
    expect((await again.get('/api/me')).status).toBe(200);
    const { code } = await house
      .run(['user', 'passwd', '1001'], { stdin: 'a password of another kind\n' })
      .ended();
    expect(code).toBe(0);
    await eventually('the old session is over', async () =>
      (await again.get('/api/me')).status === 401 ? true : null,
    );
    await logIn(server.url, '1003', password);
    await logIn(server.url, '1001', 'a password of another kind');
  } finally {
    await house.close();
  }
});
