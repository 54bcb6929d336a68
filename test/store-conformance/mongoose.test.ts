import mongoose from 'mongoose';
import { useEngine } from './engine.ts';

const engine = useEngine();

const phone = new mongoose.Schema(
  { number: { type: String, required: true }, label: String },
  { _id: false },
);
const schema = new mongoose.Schema(
  {
    name: { type: String, required: true },
    email: { type: String, unique: true, sparse: true },
    phones: [phone],
    calls: { type: Number, default: 0 },
    company: { type: mongoose.Schema.Types.ObjectId, ref: 'Company' },
    tags: [String],
    data: { type: Map, of: String },
  },
  { timestamps: true },
);
schema.index({ 'phones.number': 1 });
schema.index({ name: 1, createdAt: -1 });

describe('mongoose', () => {
  const connection = mongoose.createConnection();
  const Company = connection.model('Company', new mongoose.Schema({ title: String }));
  const Person = connection.model('Person', schema);

  beforeAll(async () => {
    await connection.openUri(engine.url, {
      dbName: `${engine.db.databaseName}_m`,
      readPreference: 'primary',
    });
    await Person.init();
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  beforeEach(async () => {
    await Person.deleteMany({});
    await Company.deleteMany({});
  });

  it('makes the declared indexes', async () => {
    const names = (await Person.listIndexes()).map((index) => index.name).sort();
    expect(names).toEqual(['_id_', 'email_1', 'name_1_createdAt_-1', 'phones.number_1']);
    expect(await Person.syncIndexes()).toEqual([]);
  });

  it('creates, changes and saves', async () => {
    const person = await Person.create({
      name: 'Иван',
      phones: [{ number: '+74955550101' }],
      data: { source: 'csv' },
    });
    person.calls += 1;
    person.phones.push({ number: '+74955550102', label: 'work' });
    person.tags.push('vip');
    person.data?.set('note', 'x');
    await person.save();
    const found = await Person.findOne({ 'phones.number': '+74955550102' }).orFail();
    expect(found.toObject()).toMatchObject({ name: 'Иван', calls: 1, tags: ['vip'], __v: 1 });
    expect(found.data?.get('note')).toBe('x');
    expect(found.updatedAt.getTime()).toBeGreaterThanOrEqual(found.createdAt.getTime());
  });

  it('refuses to save over a newer version of an array', async () => {
    await Person.create({ name: 'a', phones: [{ number: '1' }, { number: '2' }] });
    const [left, right] = [await Person.findOne().orFail(), await Person.findOne().orFail()];
    left.phones.splice(0, 1);
    await left.save();
    right.set('phones.1.label', 'late');
    await expect(right.save()).rejects.toBeInstanceOf(mongoose.Error.VersionError);
  });

  it('raises E11000 for a unique field', async () => {
    await Person.create({ name: 'a', email: 'x@y.z' });
    await expect(Person.create({ name: 'b', email: 'x@y.z' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
    });
    await Person.create([{ name: 'c' }, { name: 'd' }]);
  });

  it('populates references', async () => {
    const company = await Company.create({ title: 'Ромашка' });
    await Person.create({ name: 'Иван', company: company._id });
    const person = await Person.findOne({ name: 'Иван' })
      .populate<{ company: { title: string } }>('company')
      .orFail();
    expect(person.company.title).toBe('Ромашка');
  });

  it('runs findOneAndUpdate with upsert and defaults', async () => {
    const person = await Person.findOneAndUpdate(
      { name: 'new' },
      { $inc: { calls: 2 } },
      { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true },
    );
    expect(person).toMatchObject({ name: 'new', calls: 2 });
    expect(person?.createdAt).toBeInstanceOf(Date);
  });

  it('bulkWrites with casting and timestamps', async () => {
    await Person.bulkWrite([
      { insertOne: { document: { name: 'one', calls: 5 } } },
      { updateOne: { filter: { name: 'two' }, update: { $set: { calls: 7 } }, upsert: true } },
    ]);
    const found = await Person.find().sort({ name: 1 }).lean();
    expect(found.map((person) => [person.name, person.calls, person.createdAt instanceof Date])).toEqual([
      ['one', 5, true],
      ['two', 7, true],
    ]);
  });

  it('counts, pages and aggregates', async () => {
    await Person.insertMany(
      Array.from({ length: 25 }, (_, n) => ({ name: `p${String(n).padStart(2, '0')}`, calls: n % 3 })),
    );
    expect(await Person.countDocuments({ calls: 0 })).toBe(9);
    expect(
      (await Person.find().sort({ name: -1 }).skip(5).limit(2).lean()).map((person) => person.name),
    ).toEqual(['p19', 'p18']);
    expect(
      await Person.aggregate([{ $group: { _id: '$calls', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]),
    ).toEqual([
      { _id: 0, n: 9 },
      { _id: 1, n: 8 },
      { _id: 2, n: 8 },
    ]);
    expect(await Person.exists({ name: 'p03' })).not.toBeNull();
    expect(await Person.distinct('calls')).toHaveLength(3);
  });

  it('streams with a cursor', async () => {
    await Person.insertMany(Array.from({ length: 300 }, (_, n) => ({ name: `p${n}` })));
    let seen = 0;
    for await (const person of Person.find().cursor({ batchSize: 50 }))
      seen += person.name.startsWith('p') ? 1 : 0;
    expect(seen).toBe(300);
  });

  it('works in a session', async () => {
    const session = await connection.startSession();
    await Person.create([{ name: 'in session' }], { session });
    expect(await Person.findOne({ name: 'in session' }).session(session)).not.toBeNull();
    await session.endSession();
  });
});
