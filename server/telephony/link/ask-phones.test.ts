import { AmiError, AmiMessage, type AmiReply } from '../ami/index.ts';
import { applySnapshot, createCallState, readSnapshot, whosePhone } from '../calls/index.ts';
import { options } from '../calls/testing/story.ts';
import { askPhones } from './ask-phones.ts';

/** A PBX that has these lists and PJSIP endpoints, and refuses the rest as Asterisk does. */
function pbxWith(lists: Record<string, string[][]>, endpoints: Record<string, string>) {
  const message = (lines: readonly string[]) => AmiMessage.fromText(`${lines.join('\r\n')}\r\n\r\n`);
  const asked: string[] = [];
  const ask = async (name: string, fields: Readonly<Record<string, string>> = {}): Promise<AmiReply> => {
    asked.push(fields['Variable'] ?? name);
    const items = lists[name];
    if (items !== undefined) return { response: message(['Response: Success']), events: items.map(message) };
    if (name !== 'Getvar') throw new AmiError('refused', 'Invalid/unknown command');
    const value = endpoints[fields['Variable'] ?? ''] ?? '';
    return { response: message(['Response: Success', `Value: ${value}`]), events: [] };
  };
  return { ask, asked };
}

test('the session is asked as what it is: its actions have a self', async () => {
  class Session {
    readonly #sent: string[] = [];
    async action(name: string): Promise<AmiReply> {
      this.#sent.push(name);
      return { response: AmiMessage.fromText('Response: Success'), events: [] };
    }
    get sent() {
      return this.#sent;
    }
  }
  const session = new Session();
  await askPhones(session, () => false);
  expect(session.sent).toEqual(['ExtensionStateList', 'SIPpeers', 'DeviceStateList']);
});

test('hints, logins and lines say whose phones are; what is known is not asked again', async () => {
  const { ask, asked } = pbxWith(
    {
      ExtensionStateList: [
        ['Event: ExtensionStatus', 'Exten: 201', 'Context: ext-local', 'Hint: PJSIP/anna&Custom:DND201'],
      ],
      DeviceStateList: ['anna', 'boris', 'provider', 'gate', '12345'].map((name) => [
        'Event: DeviceStateChange',
        `Device: PJSIP/${name}`,
        'State: NOT_INUSE',
      ]),
    },
    {
      'PJSIP_ENDPOINT(boris,auth)': 'boris-auth',
      'PJSIP_ENDPOINT(boris,callerid)': '"Boris" <201>',
      'PJSIP_ENDPOINT(provider,outbound_auth)': 'provider-auth',
      'PJSIP_ENDPOINT(12345,outbound_auth)': '12345-auth',
    },
  );
  const messages = await askPhones({ action: ask }, (device) => device === 'PJSIP/gate');
  expect(asked.filter((one) => /anna|gate/.test(one))).toEqual([]);
  const state = createCallState({ ...options, maxExtensionDigits: 5 });
  const said = applySnapshot(state, readSnapshot(messages, 0));
  expect(said).toContainEqual(
    expect.objectContaining({ type: 'device.changed', device: 'PJSIP/anna', state: 'idle', agent: '201' }),
  );
  expect(['anna', 'boris', 'provider', '12345'].map((name) => whosePhone(state, `PJSIP/${name}`))).toEqual([
    { agent: '201', why: 'hint', sure: true },
    { agent: '201', why: 'endpoint', sure: true },
    { agent: null, why: 'line', sure: true },
    { agent: null, why: 'line', sure: true },
  ]);
});
