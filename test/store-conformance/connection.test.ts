import { failure, useEngine } from './engine.ts';

const engine = useEngine();

describe('handshake and liveness', () => {
  it('says hello with its limits', async () => {
    const hello = await engine.db.command({ hello: 1 });
    expect(hello).toMatchObject({
      ok: 1,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
    });
    expect(hello['minWireVersion']).toBeLessThanOrEqual(9);
    expect(hello['localTime']).toBeInstanceOf(Date);
    expect(hello['maxWireVersion']).toBeGreaterThanOrEqual(9);
  });

  it('answers the legacy name of hello', async () => {
    expect(await engine.db.command({ isMaster: 1 })).toMatchObject({ ok: 1, ismaster: true });
  });

  it('answers ping', async () => {
    expect(await engine.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('tells its version', async () => {
    const info = await engine.db.admin().buildInfo();
    expect(info['version']).toMatch(/^\d+\.\d+\.\d+/);
    expect(info['versionArray']).toHaveLength(4);
  });

  it('names a command that it does not have', async () => {
    const error = await failure(engine.db.command({ makeCoffee: 1 }));
    expect(error).toMatchObject({ code: 59, codeName: 'CommandNotFound' });
    expect(error.message).toMatch(/makeCoffee/);
  });

  it('answers many requests at a time', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    const answers = await Promise.all(Array.from({ length: 200 }, () => collection.findOne({ _id: 1 })));
    expect(answers.every((doc) => doc?.['_id'] === 1)).toBe(true);
  });
});

describe('sessions', () => {
  it('runs operations of a session in order and lets it be ended', async () => {
    const collection = await engine.filled([]);
    const session = engine.client.startSession();
    await collection.insertOne({ a: 1 }, { session });
    expect(await collection.findOne({ a: 1 }, { session })).toMatchObject({ a: 1 });
    const cursor = collection.find({}, { session, batchSize: 1 });
    expect(await cursor.next()).toMatchObject({ a: 1 });
    await cursor.close();
    await session.endSession();
    expect(session.hasEnded).toBe(true);
  });

  it('lists databases that have something', async () => {
    await engine.filled([{ a: 1 }]);
    const { databases } = await engine.client.db('admin').command({ listDatabases: 1, nameOnly: true });
    expect(databases).toContainEqual(expect.objectContaining({ name: engine.db.databaseName }));
  });
});
