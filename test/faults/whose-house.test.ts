import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { hire, openHouse, pbxAt } from '../house/house.ts';

jest.setTimeout(180_000);

const admin = { login: 'admin', name: 'Administrator', role: 'admin' as const };

test('a house that lost the settings of its PBX does not become the demo: one line, and 78', async () => {
  const house = await openHouse();
  try {
    await hire(house, [admin]);
    // All of them are lost, as with an `.env` that is not read.
    const kept = Object.entries(house.env).filter(([name]) => !name.startsWith('PBX_'));
    const program = house.run(['start'], { env: { ...Object.fromEntries(kept), PORT: '0' } });
    expect(await program.ended()).toEqual({ code: 78, signal: null });
    expect(program.stderr()).toMatch(/^No PBX is set .* which was not made for it\. Set the PBX; /m);
    expect(program.stderr()).not.toMatch(/^\s+at /m);
  } finally {
    await house.close();
  }
});

test('the demo is made in an empty directory, answers only to names of this machine, and never turns into a house', async () => {
  const house = await openHouse({ PORT: '0' });
  try {
    const server = await house.start();
    expect((await fetch(`${server.url}/api/welcome`)).status).toBe(200);
    expect(await statusAs(server.url, 'evil.example')).toBe(421);
    expect((await server.stop()).code).toBe(0);
    const real = house.run(['start'], { env: { ...house.env, ...pbxAt(1) } });
    expect(await real.ended()).toEqual({ code: 78, signal: null });
    expect(real.stderr()).toMatch(/was made for the demo, and its contacts are invented/);
  } finally {
    await house.close();
  }
});

test('a broken store and a short secret end the start with one line that says what to do, and no process stays', async () => {
  const house = await openHouse({ PORT: '0', ...pbxAt(1) });
  try {
    await hire(house, [admin]);
    const says = async (file: string, content: string, line: RegExp) => {
      writeFileSync(join(house.dir, 'data', file), content);
      const program = house.run(['start']);
      expect(await program.ended()).toEqual({ code: 78, signal: null });
      expect(program.stderr()).toMatch(line);
      expect(program.stderr()).not.toMatch(/^\s+at /m);
    };
    await says('session-secret', 'short', /holds fewer than 16 characters/m);
    await says('store/data.mdb', '', /data\.mdb has nothing in it.*ringdesk restore FOLDER --replace/m);
  } finally {
    await house.close();
  }
});

/** As a page asks that has brought its own name to this machine. fetch sets no other Host. */
function statusAs(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${url}/api/welcome`, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}
