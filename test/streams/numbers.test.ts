import { readFileSync } from 'node:fs';
import { loadConfig } from '../../server/config/index.ts';
import { decodeAll } from '../../server/telephony/ami/index.ts';
import { createCallState } from '../../server/telephony/calls/index.ts';
import { callOptions } from '../../server/telephony/link/index.ts';
import { play, read } from './replay.ts';

/** What PBXs deliver where a number should stand, through the call model with the settings of a house, as the live link and `replay` read it. */

const stream = (name: string) => readFileSync(`test/streams/numbers/${name}.ami`, 'latin1');

type Pbx = Parameters<typeof callOptions>[1];

function callsOf(ami: string, env: Record<string, string> = {}, pbx: Pbx = { name: 'main' }) {
  const state = createCallState(callOptions(loadConfig(env), pbx));
  const { interactions } = play(read(decodeAll(Buffer.from(ami, 'utf8'))), state);
  return interactions.map(({ number, numberRaw, presentation, name, did }) => ({
    number,
    numberRaw,
    presentation,
    name,
    did,
  }));
}

const numbersOf = (...asked: Parameters<typeof callsOf>) => callsOf(...asked).map(({ number }) => number);

test('8 after a plus, 00 before a number, and the called number behind it', () => {
  expect(numbersOf(stream('formats'))).toEqual([
    '+79165550142',
    '+79165550142',
    '+4930901820',
    '+79165550142',
  ]);
});

test('the digit for an outside line belongs to no number, dialled or delivered', () => {
  expect(numbersOf(stream('outside-line'))).toEqual(['+79165550142', '+79165550142']);
  expect(numbersOf(stream('outside-line'), { NUMBER_PREFIXES: '9,77' })).toEqual([
    '+79165550142',
    '+79165550142',
  ]);
});

test('an outside line that nobody told us of makes no foreign number', () => {
  expect(numbersOf(stream('outside-line'), { NUMBER_PREFIXES: '5' })).toEqual([
    '989165550142',
    '989165550142',
  ]);
});

test('a PBX and a trunk may deliver numbers in ways of their own', () => {
  const env = { OUTBOUND_PREFIX: '0' };
  const ami = stream('outside-line');
  expect(numbersOf(ami, env)).toEqual(['989165550142', '989165550142']);
  expect(numbersOf(ami, env, { name: 'main', numberPrefixes: ['9'] })).toEqual([
    '+79165550142',
    '+79165550142',
  ]);
  const gateway = { trunk: 'PJSIP/gateway', numberPrefixes: ['9'] };
  expect(numbersOf(ami, env, { name: 'main', trunkNumbers: [gateway] })).toEqual([
    '+79165550142',
    '+79165550142',
  ]);
  const provider = { trunk: 'PJSIP/provider', numberPrefixes: ['9'] };
  expect(numbersOf(ami, env, { name: 'main', trunkNumbers: [provider] })).toEqual([
    '989165550142',
    '989165550142',
  ]);
});

test('the 1 after Mexico says nothing', () => {
  expect(numbersOf(stream('mexico'), { REGION: 'MX' })).toEqual(['+525512345678']);
  expect(numbersOf(stream('mexico'))).toEqual(['+525512345678']);
});

test('an analog line has no number of its own; the caller is named after the first ring', () => {
  expect(callsOf(stream('analog-line'))).toEqual([
    { number: '+74951234567', numberRaw: '84951234567', presentation: 'allowed', name: null, did: null },
  ]);
});

const nobody = { number: null, numberRaw: null, presentation: 'unavailable', name: null, did: '74951230000' };

test.each([
  'Unknown',
  'UNKNOWN',
  'unavailable',
  '0',
  '0000000000',
  's',
  'asterisk',
  'dongle0',
  'anna',
  '<>',
  '12',
])('a caller %s has no number', (word) => {
  const ami = stream('unknown-twice').replaceAll('CallerIDNum: Unknown', `CallerIDNum: ${word}`);
  expect(callsOf(ami)).toEqual([nobody, nobody]);
});

test.each(['anonymous', 'anonymous@anonymous.invalid', 'Restricted', '266696687'])(
  'a caller %s does not want to be known',
  (word) => {
    const ami = stream('unknown-twice').replaceAll('CallerIDNum: Unknown', `CallerIDNum: ${word}`);
    const withheld = { ...nobody, presentation: 'withheld' };
    expect(callsOf(ami)).toEqual([withheld, withheld]);
  },
);

test('words for nobody are no names', () => {
  const ami = stream('unknown-twice').replaceAll(
    'CallerIDNum: Unknown',
    'CallerIDNum: 900\r\nCallerIDName: Unknown',
  );
  const short = { ...nobody, number: '900', numberRaw: '900', presentation: 'allowed' };
  expect(callsOf(ami)).toEqual([short, short]);
});

test.each(['s', 'i', 'h', 't'])('%s of the dialplan is no number that was called', (exten) => {
  const ami = stream('formats').replaceAll('Exten: 74951230000', `Exten: ${exten}`);
  expect(callsOf(ami).map(({ did }) => did)).toEqual([null, null, null, null]);
});
