import type { Topic } from '@ringdesk/shared/live';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { useConnection } from './LiveContext.tsx';
import type { Refused } from './topicClient.ts';

/** A topic as the page has it. */
export interface Heard<S> {
  /** null until it was heard; what was heard last while the link is down. */
  state: S | null;
  /** Why it cannot be heard: there is no such topic, it is not allowed, or the server cannot tell it just now. */
  refused: Refused | null;
}

/**
 * Listens to a live topic while the component stands: its snapshot, with every delta put onto it. After a cut, or when a delta was missed, it begins
 * anew from a snapshot.
 * @param apply pure: the state with a delta put onto it
 */
export function useTopic<S extends z.ZodType, D extends z.ZodType>(
  topic: Topic<S, D>,
  apply: (state: z.output<S>, delta: z.output<D>) => z.output<S>,
): Heard<z.output<S>> {
  const topics = useConnection()?.topics;
  const [heard, setHeard] = useState<Heard<z.output<S>>>({ state: null, refused: null });
  const latest = useRef(apply);
  useEffect(() => {
    latest.current = apply;
  });
  useEffect(() => {
    setHeard({ state: null, refused: null });
    return topics?.listen(topic.name, {
      snapshot: (data) => {
        const parsed = topic.snapshot.safeParse(data);
        if (parsed.success) setHeard({ state: parsed.data, refused: null });
        else unlikeAgreed(topic.name, parsed.error);
      },
      delta: (data) => {
        const parsed = topic.delta.safeParse(data);
        if (!parsed.success) return unlikeAgreed(topic.name, parsed.error);
        setHeard((before) =>
          before.state === null
            ? before
            : { state: latest.current(before.state, parsed.data), refused: null },
        );
      },
      refused: (why) => setHeard(({ state }) => ({ state, refused: why })),
    });
  }, [topics, topic]);
  return heard;
}

function unlikeAgreed(name: string, error: z.ZodError): void {
  console.error(`${name}: a message of this topic has another shape than agreed`, error.issues);
}
