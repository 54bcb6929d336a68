import type { WrapUpDraft } from '@ringdesk/shared/desk';
import fc from 'fast-check';
import { mergeDrafts, parseDraft, withChange } from './draft.ts';

const draft = (revision: number, note = ''): WrapUpDraft => ({
  disposition: null,
  reason: null,
  note,
  revision,
});

const anyDraft = fc.record({
  disposition: fc.option(fc.string({ maxLength: 60 })),
  reason: fc.option(fc.string({ maxLength: 200 })),
  note: fc.string(),
  revision: fc.nat(),
});

test.each([
  ['nothing here yet', null, draft(3, 'server'), 'server'],
  ['this device is ahead', draft(4, 'own'), draft(3, 'server'), 'own'],
  ['another device is ahead', draft(3, 'own'), draft(4, 'server'), 'server'],
  ['the server has just what we sent', draft(3, 'own'), draft(3, 'own'), 'own'],
  ['two devices wrote at once', draft(3, 'own'), draft(3, 'other'), 'other\nown'],
  [
    'one of the two had gone on from the same words',
    draft(3, 'call back at 5'),
    draft(3, 'call back'),
    'call back at 5',
  ],
])('%s', (_what, own, server, note) => {
  expect(mergeDrafts(own, server).note).toBe(note);
});

test('a merge is at least as new as both, keeps the newer text, and merging again changes nothing', () => {
  fc.assert(
    fc.property(anyDraft, anyDraft, (own, server) => {
      const merged = mergeDrafts(own, server);
      expect(merged.revision).toBeGreaterThanOrEqual(Math.max(own.revision, server.revision));
      if (own.revision !== server.revision) {
        expect(merged).toBe(own.revision > server.revision ? own : server);
      }
      expect(mergeDrafts(merged, server)).toEqual(merged);
    }),
  );
});

test('two notes of one revision are both kept', () => {
  fc.assert(
    fc.property(anyDraft, fc.string(), (own, note) => {
      const merged = mergeDrafts(own, { ...own, note });
      expect(merged.note).toContain(own.note);
      expect(merged.note).toContain(note);
    }),
  );
});

test('a change keeps what it does not name, and wins over what it came from', () => {
  fc.assert(
    fc.property(anyDraft, fc.string(), (before, note) => {
      const after = withChange(before, { note });
      expect(after).toEqual({ ...before, note, revision: before.revision + 1 });
      expect(mergeDrafts(after, before)).toBe(after);
    }),
  );
});

test('a kept draft comes back as it was; damaged text is no draft', () => {
  fc.assert(fc.property(anyDraft, (kept) => expect(parseDraft(JSON.stringify(kept))).toEqual(kept)));
  expect(parseDraft('{"note":"half')).toBeNull();
  expect(parseDraft('{"note":5}')).toBeNull();
  expect(parseDraft(null)).toBeNull();
});
