import { AmiError, AmiMessage, type AmiReply } from '../ami/index.ts';
import { frame } from '../journal/index.ts';

type Ask = (name: string, fields?: Readonly<Record<string, string>>) => Promise<AmiReply>;

/** More endpoints than this are not asked for one by one at a login. */
const mostAsked = 500;

/**
 * Asks the PBX what it knows of phones: hints, peers of chan_sip, states of devices, and of each PJSIP endpoint that nothing else tells about its login,
 * context and number. All of it needs no more than `write = reporting`: PJSIPShowEndpoints would need `system`, and PJSIPShowEndpoint tells the
 * passwords besides. What this PBX cannot tell is left out.
 * @param isKnown whether it is sure already whose a device is
 * @returns messages for a snapshot, in the form in which they stand in the journal
 * @throws AmiError when the link fails meanwhile
 */
export async function askPhones(
  session: { action: Ask },
  isKnown: (device: string) => boolean,
): Promise<AmiMessage[]> {
  const ask: Ask = (name, fields = {}) => session.action(name, fields);
  const hints = await listed(ask, 'ExtensionStateList');
  const peers = await listed(ask, 'SIPpeers');
  const states = await listed(ask, 'DeviceStateList');
  const hinted = new Set(hints.flatMap((hint) => (hint.get('Hint') ?? '').split(/[&,]/)));
  const unknown = states
    .map((state) => state.get('Device') ?? '')
    .filter((device) => device.startsWith('PJSIP/') && !hinted.has(device) && !isKnown(device))
    .slice(0, mostAsked);
  const endpoints: AmiMessage[] = [];
  for (const device of unknown) endpoints.push(await endpoint(ask, device));
  return [...hints, ...peers, ...endpoints, ...states];
}

async function listed(ask: Ask, action: string): Promise<readonly AmiMessage[]> {
  try {
    return (await ask(action)).events;
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

/** PJSIP_ENDPOINT is a function of the dialplan that needs no channel (Asterisk: func_pjsip_endpoint). */
async function endpoint(ask: Ask, device: string): Promise<AmiMessage> {
  const name = device.slice('PJSIP/'.length);
  const read = async (field: string): Promise<string> => {
    try {
      const { response } = await ask('Getvar', { Variable: `PJSIP_ENDPOINT(${name},${field})` });
      return response.get('Value') ?? '';
    } catch (error) {
      if (isRefusal(error)) return '';
      throw error;
    }
  };
  const [auth, outboundAuth, context, callerId] = await Promise.all(
    ['auth', 'outbound_auth', 'context', 'callerid'].map(read),
  );
  const fields = {
    Device: device,
    Auth: auth,
    OutboundAuth: outboundAuth,
    Context: context,
    CallerId: callerId,
  };
  const told = Object.entries(fields).map(([field, value = '']) => [field, value] as const);
  return AmiMessage.fromText(frame('RingdeskEndpoint', Object.fromEntries(told)).toString());
}

function isRefusal(error: unknown): boolean {
  return error instanceof AmiError && (error.code === 'refused' || error.code === 'invalid');
}
