import type { Health } from './platform/http/index.ts';
import type { Store } from './platform/store/index.ts';
import type { Calls } from './telephony/calls-service.ts';
import { noTimestamps } from './telephony/link/index.ts';

/** What is up and what is down, for whoever watches over the house. */
export function health(store: Store, calls: Calls | null): Health {
  const links = [...(calls?.links ?? [])].map(([name, link]) => [
    `pbx ${name}`,
    link.state.kind === 'up'
      ? { state: 'up', needed: false, detail: link.state.warning === 'no-timestamps' ? noTimestamps : null }
      : { state: 'down', needed: false, detail: link.state.message },
  ]);
  const journals = [...(calls?.journals ?? [])].map(([name, journal]) => {
    const status = journal.status();
    return [
      `journal ${name}`,
      status.kind === 'written'
        ? { state: 'up', needed: false, detail: null }
        : { state: 'down', needed: false, detail: `the disk does not take it: ${status.why}` },
    ];
  });
  const waiting = calls?.records.status();
  return {
    store: { state: store.state(), needed: false },
    records: {
      state: waiting === undefined || waiting.failingSince === null ? 'up' : 'down',
      needed: false,
      detail:
        waiting === undefined || waiting.waiting === 0
          ? null
          : `${waiting.waiting} interactions wait for the database`,
    },
    ...Object.fromEntries([...links, ...journals]),
  };
}
