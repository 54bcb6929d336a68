import { type ChangeKind, changeTopics } from '@ringdesk/shared/live';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useMay, useMe } from '../session/session.ts';
import { useFeatures } from '../slots.tsx';
import { useConnection } from './LiveContext.tsx';
import { createReloader, keysOf, keysOfAny, type Reloads } from './reloads.ts';

/** What the page itself shows of entities: who one is and what one may depends on the roles; the bell. */
const own: Reloads = { role: () => [['me']], notification: () => [['notifications']] };

const kinds = Object.keys(changeTopics).filter((kind): kind is ChangeKind => kind in changeTopics);

/** Reads again what is shown of a thing, on any page, when anybody changed it: by the features' `reloads`. After a cut all of it, for what was missed. */
export function LiveReloads() {
  const topics = useConnection()?.topics;
  const client = useQueryClient();
  const features = useFeatures();
  const may = useMay();
  const userId = useMe().data?.id;
  const allowed = kinds.filter((kind) => {
    const { permission } = changeTopics[kind];
    return permission === 'session' || may(permission);
  });
  const heard = allowed.join();
  useEffect(() => {
    if (!topics) return;
    const reloader = createReloader((queryKey) => void client.invalidateQueries({ queryKey }));
    const stops = heard.split(',').map((name) => {
      const kind = kinds.find((each) => each === name);
      const reloads = [own, ...features.map((feature) => feature.reloads ?? {})].flatMap((each) => {
        const reload = kind && each[kind];
        return reload ? [reload] : [];
      });
      if (kind === undefined || reloads.length === 0) return () => undefined;
      const { name: topic, delta } = changeTopics[kind];
      let first = true;
      return topics.listen(topic, {
        snapshot: () => {
          // At first nothing was missed: what is shown was read a moment ago.
          if (!first) reloader.add(keysOfAny(reloads));
          first = false;
        },
        delta: (data) => {
          const changed = delta.safeParse(data);
          // Everybody hears that there is something for somebody.
          if (kind === 'notification' && changed.data?.id !== userId) return;
          reloader.add(changed.success ? keysOf(reloads, changed.data.id) : keysOfAny(reloads));
        },
        refused: () => undefined,
      });
    });
    return () => {
      for (const stop of stops) stop();
      reloader.close();
    };
  }, [topics, client, features, heard, userId]);
  return null;
}
