import { Registry } from 'prom-client';
import { AmiMessage } from './message.ts';
import { createAmiMetrics } from './metrics.ts';
import { openSession } from './testing/open-session.ts';
import { startScriptedServer } from './testing/scripted-server.ts';

async function value(registry: Registry, name: string, session = 'events'): Promise<number | undefined> {
  const text = await registry.metrics();
  const line = text
    .split('\n')
    .find((one) => one.startsWith(`${name}{`) && one.includes(`session="${session}"`));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

describe('createAmiMetrics', () => {
  it('counts what a session hears, and how often it was lost', async () => {
    const registry = new Registry();
    const server = await startScriptedServer();
    const link = openSession(server.port, {
      wanted: new Set(['Hangup']),
      metrics: createAmiMetrics(registry, 'main', 'events'),
    });
    await link.next('ready');
    expect(await value(registry, 'ringdesk_ami_up')).toBe(1);
    const client = await server.client();
    client.send('Event: VarSet', 'Variable: X', '', 'Event: VarSet', 'Variable: Y');
    client.send('Event: Hangup', 'Cause: 16');
    await link.event('Hangup');
    // The counts are written behind the chunk; an answer comes in a later one.
    await link.session.action('Ping');
    expect(await value(registry, 'ringdesk_ami_events_total')).toBe(4);
    expect(await value(registry, 'ringdesk_ami_events_unwanted_total')).toBe(2);
    expect(await value(registry, 'ringdesk_ami_reconnects_total')).toBe(0);
    client.socket.destroy();
    await link.next('down');
    expect(await value(registry, 'ringdesk_ami_up')).toBe(0);
    await link.next('ready');
    expect(await value(registry, 'ringdesk_ami_reconnects_total')).toBe(1);
    await link.session.stop();
    await server.close();
  });

  it('measures the lag from the Timestamp, never below zero', async () => {
    const registry = new Registry();
    const metrics = createAmiMetrics(registry, 'main', 'events');
    const at = (timestamp: string) =>
      AmiMessage.from([
        ['Event', 'Hangup'],
        ['Timestamp', timestamp],
      ]);
    metrics.arrived(at('1795357080.500000'), 1795357080750);
    metrics.arrived(at('1795357090.000000'), 1795357080750);
    metrics.arrived(AmiMessage.from([['Event', 'Hangup']]), 1795357080750);
    expect(await value(registry, 'ringdesk_ami_event_lag_seconds_count')).toBe(2);
    expect(await value(registry, 'ringdesk_ami_event_lag_seconds_sum')).toBeCloseTo(0.25, 3);
  });

  it('shares one registry among sessions', async () => {
    const registry = new Registry();
    createAmiMetrics(registry, 'main', 'events').events(3, 1);
    createAmiMetrics(registry, 'main', 'actions').events(5, 2);
    expect(await value(registry, 'ringdesk_ami_events_total', 'events')).toBe(3);
    expect(await value(registry, 'ringdesk_ami_events_total', 'actions')).toBe(5);
  });
});
