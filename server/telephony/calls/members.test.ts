import fc from 'fast-check';
import type { PbxEvent } from './index.ts';
import { applyEvent, createCallState, exportState, importState } from './index.ts';
import { options } from './testing/story.ts';

/** Which devices are queue members' is kept beside the members: the two must never differ, whatever comes and goes. */

const device = fc.constantFrom('PJSIP/lena', 'PJSIP/oleg', 'Local/lena@agents');
const queue = fc.constantFrom('sales', 'support');

const changed = fc.record({ queue, device, stateDevice: fc.option(device), paused: fc.boolean() }).map(
  (facts): PbxEvent => ({
    type: 'Member',
    at: 0,
    ...facts,
    name: 'Lena',
    pausedReason: null,
    penalty: 0,
    state: 'idle',
  }),
);
const removed = fc
  .record({ queue, device })
  .map((facts): PbxEvent => ({ type: 'MemberRemoved', at: 0, ...facts }));

test('a device is a member`s exactly while a member rings it, also after the state was saved and read', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(changed, removed), { maxLength: 30 }), (events) => {
      const state = createCallState(options);
      for (const event of events) applyEvent(state, event);
      const members = [...state.data.members.values()];
      const rung = new Set(members.flatMap((one) => [one.device, one.stateDevice ?? one.device]));
      expect(new Set(state.phoneIndex.members.keys())).toEqual(rung);
      expect(importState(JSON.parse(exportState(state)), options).phoneIndex.members).toEqual(
        state.phoneIndex.members,
      );
    }),
  );
});
