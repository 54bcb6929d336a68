import { type Interaction, interaction } from '@ringdesk/shared/interaction';
import { anAnsweredLeg, anInteraction } from '@ringdesk/shared/testing/an-interaction';
import { createInteractions, type Interactions } from '../../../server/features/interactions/index.ts';
import type { Store } from '../../../server/platform/store/index.ts';
import { openTestStore } from '../database.ts';

/** Contacts on a database of their own, which is empty before each test. */
export function useInteractionsHouse(): { readonly store: Store; readonly interactions: Interactions } {
  let store: Store;
  let close: () => Promise<void>;
  let interactions: Interactions;

  beforeAll(async () => {
    ({ store, close } = await openTestStore());
  });
  afterAll(() => close());
  beforeEach(async () => {
    await store.connection.dropDatabase();
    interactions = createInteractions({ store, agentNames: async () => new Map([['1001', 'Анна']]) });
    await store.prepared();
  });

  return {
    get store() {
      return store;
    },
    get interactions() {
      return interactions;
    },
  };
}

export const leg = anAnsweredLeg;

export function call(id: string, fields: Partial<Interaction> = {}): Interaction {
  return interaction.parse(
    anInteraction({
      id,
      name: 'ООО Ромашка',
      answeredAt: '2026-01-01T10:00:02.000Z',
      endedAt: '2026-01-01T10:00:05.000Z',
      entries: [
        {
          queue: 'sales',
          enteredAt: '2026-01-01T10:00:00.000Z',
          leftAt: '2026-01-01T10:00:02.000Z',
          waitMs: 2000,
          position: 1,
          outcome: 'answered',
          agent: '1001',
          consultation: false,
        },
      ],
      legs: [leg()],
      timeline: [{ at: '2026-01-01T10:00:00.000Z', what: 'queue.joined', queue: 'sales' }],
      ...fields,
    }),
  );
}

export const at = (minute: number) => `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
