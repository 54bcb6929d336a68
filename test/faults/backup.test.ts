import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentsIn } from '../../server/cli/backup/folder.ts';
import { type House, hirePeople, openHouse, pbxAt, supervisor } from '../house/house.ts';
import { databaseIn } from './store-process.ts';

jest.setTimeout(600_000);

async function ended(house: House, args: readonly string[], more: Record<string, string> = {}) {
  const program = house.run(args, { env: { ...house.env, ...more } });
  const { code } = await program.ended(120_000);
  return { code, said: program.stdout() + program.stderr() };
}

/** All documents of each collection of a backup, in an order that does not depend on how they lie. */
async function contentOf(folder: string): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.bson'))) {
    content[file] = [];
    for await (const bytes of documentsIn(join(folder, file)))
      content[file].push(Buffer.from(bytes).toString('hex'));
    content[file].sort();
  }
  return content;
}

const indexesOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).collections.map(
    ({ name, indexes }: { name: string; indexes: unknown }) => ({ name, indexes }),
  );

async function saveCustomers(url: string, count: number): Promise<void> {
  const vera = await supervisor(url);
  for (let n = 0; n < count; n += 1) {
    const phones = [{ raw: `+7 916 100-${String(1000 + n)}`, label: 'mobile' }];
    const { status } = await vera.send('POST', '/api/customers', {
      kind: 'person',
      name: `Заказчик ${n}`,
      phones,
    });
    expect(status).toBe(201);
  }
}

test.each(['the embedded store', 'MongoDB'])(
  '%s is backed up while the server runs, and brought back with every collection the same',
  async (engine) => {
    const house = await openHouse({ PORT: '0', ...pbxAt(1) });
    try {
      if (engine === 'MongoDB') {
        const database = await databaseIn(join(house.dir, 'database'));
        house.atEnd(() => database.kill());
        await database.start();
        house.env['MONGODB_URL'] = database.url;
      }
      await hirePeople(house);
      const server = await house.start();
      await saveCustomers(server.url, 12);
      const first = join(house.dir, 'first');
      expect(await ended(house, ['backup', first])).toMatchObject({ code: 0 });
      expect(statSync(first).mode & 0o777).toBe(0o700);
      expect(readdirSync(first).filter((name) => (statSync(join(first, name)).mode & 0o077) !== 0)).toEqual(
        [],
      );
      const running = await ended(house, ['restore', first, '--replace']);
      expect(running).toMatchObject({
        code: 78,
        said: expect.stringContaining('is in use by another Ringdesk'),
      });
      await server.stop();

      expect(await ended(house, ['restore', first])).toMatchObject({
        code: 2,
        said: expect.stringContaining('is not empty. With --replace'),
      });
      // A store that is broken is what restores are for.
      if (engine !== 'MongoDB') writeFileSync(join(house.dir, 'data/store/data.mdb'), 'broken');
      expect(await ended(house, ['restore', first, '--replace'])).toMatchObject({ code: 0 });
      const second = join(house.dir, 'second');
      expect(await ended(house, ['backup', second])).toMatchObject({ code: 0 });
      const [before, after] = [await contentOf(first), await contentOf(second)];
      expect(before['customers.bson']).toHaveLength(12);
      expect(before['users.bson']).toHaveLength(9);
      expect(after).toEqual(before);
      expect(indexesOf(second)).toEqual(indexesOf(first));

      appendFileSync(join(first, 'customers.bson'), 'x');
      expect(await ended(house, ['restore', first, '--replace'])).toMatchObject({
        code: 1,
        said: expect.stringContaining('customers.bson is not as it was written'),
      });
    } finally {
      await house.close();
    }
  },
);
