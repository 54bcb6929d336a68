import { keepPrivate, openToOthers } from './private-files.ts';
import { isLoopback } from './whose-house.ts';

interface Weakness {
  what: string;
  hint: string;
}

interface Settings {
  dataDir: string;
  host: string;
  trustProxy: readonly string[];
  pbx: readonly {
    name: string;
    host: string;
    tls: boolean;
    eventsSecret: string;
    actionsSecret: string;
  }[];
}

/** What makes a house less safe than it could be, with what to do about it. Closes the data directory to others first, unless only asked to look. */
export function weaknesses(settings: Settings, look: 'close' | 'look' = 'close'): Weakness[] {
  return [...files(settings.dataDir, look), ...web(settings), ...settings.pbx.flatMap(links)];
}

function files(dataDir: string, look: 'close' | 'look'): Weakness[] {
  const hint =
    'Let the data directory belong to the user that runs Ringdesk, with the mode 0700, its files with 0600';
  if (look === 'close')
    return keepPrivate(dataDir).map((what) => ({
      what: `The data directory is open to others: ${what}`,
      hint,
    }));
  const open = openToOthers(dataDir);
  if (open.length === 0) return [];
  return [
    {
      what: `Others on this machine may read ${open.length} files of the data directory, e.g. ${open[0]}`,
      hint: `${hint}; a start of Ringdesk does it`,
    },
  ];
}

function web({ host, trustProxy }: Settings): Weakness[] {
  if (isLoopback(host) || trustProxy.length > 0) return [];
  return [
    {
      what: `HOST is ${host} and no proxy is set: passwords and calls go over the network in clear text`,
      hint: 'Set HOST=127.0.0.1 and a proxy with TLS before it (docs/deploy), and TRUST_PROXY to its address',
    },
  ];
}

function links({ name, host, tls, eventsSecret, actionsSecret }: Settings['pbx'][number]): Weakness[] {
  const found: Weakness[] = [];
  if ([eventsSecret, actionsSecret].some((secret) => /change-?me/i.test(secret)))
    found.push({
      what: `The secret of PBX ${name} is the one of our example, which everybody knows`,
      hint: 'Put one of your own into manager.conf and into PBX_EVENTS_SECRET and PBX_ACTIONS_SECRET',
    });
  if (!tls && !isLoopback(host))
    found.push({
      what: `The link to PBX ${name} (${host}) is in clear text: whoever is on the way reads its password and all numbers`,
      hint: 'Set PBX_TLS=true with tlsenable in manager.conf, or keep both in one closed network',
    });
  return found;
}
