import { loadConfig } from '../../config/index.ts';
import { endOfRecording, replayFile } from '../../telephony/link/index.ts';
import { modelOptions } from './replay.ts';

/** A recording is told by the settings of the PBX from which it comes, as the live link tells its calls. */

const login = { host: '127.0.0.1', eventsUser: 'e', eventsSecret: 'x', actionsUser: 'a', actionsSecret: 'x' };
const port = 5038;
const usual = loadConfig({});

async function numbersOf(file: string, pbx: object[], flags: Parameters<typeof modelOptions>[1] = {}) {
  const config = {
    ...usual,
    pbx: pbx.map((more) => ({ ...login, port, tls: false, name: 'main', ...more })),
  };
  const stream = replayFile(`test/streams/${file}.ami`, modelOptions(config, flags));
  const told: string[] = [];
  let last = 0;
  for (;;) {
    const next = await stream.next();
    const events = next.done === true ? endOfRecording(next.value, last) : next.value.events;
    for (const event of events)
      if (event.type === 'interaction.ended')
        told.push(
          `${event.interaction.direction} ${event.interaction.number ?? event.interaction.numberRaw}`,
        );
    if (next.done === true) return told;
    last = Math.max(last, next.value.at ?? 0);
  }
}

const russian = ['outbound +79165550142', 'inbound +79165550142'];

test('numbers are read by the region and the prefixes of the house', async () => {
  expect(await numbersOf('numbers/outside-line', [])).toEqual(russian);
});

test.each<[string, object, string[]]>([
  ['its prefixes', { numberPrefixes: ['98'] }, russian],
  [
    'its own, none of which is put before numbers',
    { numberPrefixes: [] },
    ['outbound 989165550142', 'inbound 989165550142'],
  ],
  [
    'those of a trunk',
    { numberPrefixes: [], trunkNumbers: [{ trunk: 'PJSIP/gateway', numberPrefixes: ['9'] }] },
    russian,
  ],
])('else by those of the PBX: %s', async (_what, pbx, numbers) => {
  expect(await numbersOf('numbers/outside-line', [pbx])).toEqual(numbers);
});

test('a PBX in another country, named among several', async () => {
  const pbxs = [{ name: 'moscow' }, { name: 'mexico', region: 'MX' }];
  expect(await numbersOf('numbers/mexico', pbxs, { pbx: 'mexico' })).toEqual(['inbound +525512345678']);
});

test('its trunks, and those of the command line instead', async () => {
  const file = 'phones/numbered-trunk-unhinted';
  const outside = ['inbound +79165550142'];
  expect(await numbersOf(file, [{ trunks: ['SIP/5061'] }])).toEqual(outside);
  expect(await numbersOf(file, [{ trunks: ['SIP/other'] }], { trunks: ['SIP/5061'] })).toEqual(outside);
  expect(await numbersOf(file, [{}])).not.toEqual(outside);
});
