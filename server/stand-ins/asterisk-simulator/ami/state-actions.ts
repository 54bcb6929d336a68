import { bridgeLines } from '../engine/bridge.ts';
import { deviceStateOf, extensionFields } from '../engine/device-state.ts';
import { lines } from '../engine/events.ts';
import type { Channel, Pbx } from '../engine/state.ts';
import type { ActionContext, ActionKind } from './action.ts';

const REPORTING = ['system', 'reporting', 'all'];
const ASTERISK = '22.10.1+simulator';

const two = (n: number): string => String(n).padStart(2, '0');

function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function listedChannel(pbx: Pbx, channel: Channel): string {
  return (
    pbx.snapshot(channel) +
    lines({
      Application: channel.application,
      ApplicationData: channel.applicationData,
      Duration: duration(pbx.clock.now() - channel.createdAt),
      BridgeId: channel.bridge?.id ?? '',
    })
  );
}

function coreShowChannels({ pbx, reply }: ActionContext): void {
  const items = [...pbx.channels.values()].map((channel) => ({
    event: 'CoreShowChannel',
    text: listedChannel(pbx, channel),
    idFirst: true,
  }));
  reply.list('Channels will follow', 'CoreShowChannelsComplete', items);
}

function bridgeList({ pbx, reply }: ActionContext): void {
  const items = [...pbx.bridges].map((bridge) => ({
    event: 'BridgeListItem',
    text: bridgeLines(bridge),
    idFirst: true,
  }));
  reply.list('Bridge listing will follow', 'BridgeListComplete', items);
}

function coreStatus({ pbx, reply }: ActionContext): void {
  const iso = new Date(pbx.startedAt).toISOString();
  const [date = '', time = ''] = iso.slice(0, 19).split('T');
  reply.fields({
    CoreStartupDate: date,
    CoreStartupTime: time,
    CoreReloadDate: date,
    CoreReloadTime: time,
    CoreCurrentCalls: pbx.channels.size,
    CoreProcessedCalls: pbx.calls,
  });
}

function coreSettings({ pbx, reply }: ActionContext): void {
  reply.fields({
    AMIversion: '11.0.0',
    AsteriskVersion: ASTERISK,
    SystemName: pbx.system,
    CoreMaxCalls: 0,
    CoreMaxLoadAvg: '0.000000',
    CoreRunUser: '',
    CoreRunGroup: '',
    CoreMaxFilehandles: 16384,
    CoreRealTimeEnabled: 'No',
    CoreCDRenabled: 'Yes',
    CoreHTTPenabled: 'No',
    SoundsSearchCustomDir: 'No',
  });
}

function deviceStateList({ pbx, reply }: ActionContext): void {
  const items = [...pbx.deviceState].map(([device, state]) => ({
    event: 'DeviceStateChange',
    text: lines({ Device: device, State: state }),
    idFirst: true,
  }));
  reply.list('Device State Changes will follow', 'DeviceStateListComplete', items);
}

function extensionStateList({ pbx, reply }: ActionContext): void {
  const hinted = [...pbx.phones.values()].filter(({ bare }) => !bare);
  const items = hinted.map((phone) => ({
    event: 'ExtensionStatus',
    text: lines(extensionFields(phone, deviceStateOf(pbx, phone.device))),
    idFirst: true,
  }));
  reply.list('Extension Statuses will follow', 'ExtensionStateListComplete', items);
}

function userEvent({ pbx, action, reply }: ActionContext): void {
  const name = action.get('UserEvent');
  if (name === null) {
    reply.error('No UserEvent specified');
    return;
  }
  const rest = action.headers.filter(([key]) => !/^(Action|ActionID|UserEvent)$/i.test(key));
  const id = action.id === null ? '' : lines({ ActionID: action.id });
  const text = rest.map(([key, value]) => `${key}: ${value}\r\n`).join('');
  pbx.emit('UserEvent', null, `${lines({ UserEvent: name })}${id}${text}`);
  reply.success('Event Sent');
}

export const STATE_ACTIONS: readonly ActionKind[] = [
  { name: 'BridgeList', synopsis: 'Get a list of bridges in the system.', classes: [], run: bridgeList },
  {
    name: 'CoreSettings',
    synopsis: 'Show PBX core settings (version etc).',
    classes: REPORTING,
    run: coreSettings,
  },
  {
    name: 'CoreShowChannels',
    synopsis: 'List currently active channels.',
    classes: REPORTING,
    run: coreShowChannels,
  },
  { name: 'CoreStatus', synopsis: 'Show PBX core status variables.', classes: REPORTING, run: coreStatus },
  {
    name: 'DeviceStateList',
    synopsis: 'List the current known device states.',
    classes: ['call', 'reporting', 'all'],
    run: deviceStateList,
  },
  {
    name: 'ExtensionStateList',
    synopsis: 'List the current known extension states.',
    classes: ['call', 'reporting', 'all'],
    run: extensionStateList,
  },
  {
    name: 'Ping',
    synopsis: 'Keepalive command.',
    classes: [],
    run: ({ pbx, reply }) => {
      const seconds = (pbx.clock.now() / 1000).toFixed(6);
      reply.fields({ Ping: 'Pong', Timestamp: seconds });
    },
  },
  { name: 'UserEvent', synopsis: 'Send an arbitrary event.', classes: ['user', 'all'], run: userEvent },
];
