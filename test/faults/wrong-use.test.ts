import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type House, openHouse } from '../house/house.ts';

jest.setTimeout(120_000);

let house: House;
beforeAll(async () => {
  house = await openHouse();
  writeFileSync(join(house.dir, 'file'), '');
  writeFileSync(join(house.dir, 'photo.ami'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]));
  writeFileSync(join(house.dir, 'broken.jsonl'), '{"t":1,"m":{"Event":"Newchannel"}}\n{"t":2,"m":{"Ev\n{}\n');
  writeFileSync(join(house.dir, 'broken.ami.gz'), 'no gzip');
});
afterAll(() => house.close());

interface Case {
  what: string;
  args: string[];
  env?: Record<string, string>;
  code: number;
  /** Each on standard error. */
  says: RegExp[];
}

const cases: Case[] = [
  {
    what: 'a wrong configuration, all mistakes at once',
    args: ['start'],
    env: { PORT: 'eighty', MONGODB_URL: 'localhost', PBX_HOST: 'pbx', REGION: 'russia' },
    code: 78,
    says: [
      /^The configuration has \d+ mistakes:$/m,
      /^ {2}PORT \(port\): /m,
      /^ {2}MONGODB_URL \(mongoUrl\): must be mongodb:\/\//m,
      /^ {2}REGION \(region\): must be two capital letters/m,
      /^ {2}PBX_EVENTS_USER /m,
      /^ {2}PBX_ACTIONS_SECRET /m,
    ],
  },
  {
    what: 'a data directory that cannot be',
    args: ['start'],
    env: { DATA_DIR: 'file/data', PORT: '0' },
    code: 78,
    says: [/^The data directory file\/data cannot be written \(ENOTDIR.*set DATA_DIR to a directory/],
  },
  {
    what: 'recordings that are missing or damaged',
    args: ['replay', 'missing.ami', 'photo.ami', 'broken.jsonl', 'broken.ami.gz'],
    code: 1,
    says: [
      /^missing\.ami: .*no such file/m,
      /^photo\.ami: holds no AMI message/m,
      /^broken\.jsonl: line 2 is not a recorded message/m,
      /^broken\.ami\.gz: .*header/m,
    ],
  },
  { what: 'an unknown command', args: ['strat'], code: 2, says: [/^error: unknown command 'strat'/] },
  { what: 'an unknown option', args: ['start', '--prot=1'], code: 2, says: [/unknown option '--prot=1'/] },
  {
    what: 'a user without a password',
    args: ['user', 'add', 'anna', '--name', 'Anna'],
    code: 2,
    says: [/^No password was given: type it, or pipe it in/],
  },
];

test.each(cases)('$what', async ({ args, env, code, says }) => {
  const program = house.run(args, { env: { ...house.env, ...env } });
  expect(await program.ended()).toEqual({ code, signal: null });
  for (const line of says) expect(program.stderr()).toMatch(line);
  // One clear line, not the insides of the program.
  expect(program.stderr()).not.toMatch(/^\s+at .*:\d+/m);
  expect(program.stdout()).toBe('');
});
