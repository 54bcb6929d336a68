import fc from 'fast-check';
import { encodeAction } from './action.ts';
import { AmiError } from './error.ts';
import { AmiMessage } from './message.ts';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AmiError ? error.code : 'another error';
  }
  return 'written';
}

describe('encodeAction', () => {
  it('writes name, id, fields and repeated fields, each on a line', () => {
    const bytes = encodeAction('Originate', 'a-1', { Channel: 'PJSIP/1001', Variable: ['A=1', 'B=Щ'] });
    expect(bytes.toString('utf8')).toBe(
      'Action: Originate\r\nActionID: a-1\r\nChannel: PJSIP/1001\r\nVariable: A=1\r\nVariable: B=Щ\r\n\r\n',
    );
  });

  it.each([
    ['a CR LF in a value', 'QueuePause', { Reason: 'x\r\nAction: Command' }],
    ['a CR in a value', 'QueuePause', { Reason: 'x\rAction: Command' }],
    ['an LF in a value', 'QueuePause', { Reason: 'x\nAction: Command' }],
    ['a NUL in a value', 'QueuePause', { Reason: 'x\0' }],
    ['a line break in the second of two values', 'Originate', { Variable: ['A=1', 'B=\n'] }],
    ['a line break in a name', 'QueuePause', { 'Reason\r\nAction': 'Command' }],
    ['a colon in a name', 'QueuePause', { 'Reason: x': 'y' }],
    ['an empty name', 'QueuePause', { '': 'y' }],
    ['a line break in the action', 'QueuePause\r\nX: y', {}],
    ['an Action of its own', 'QueuePause', { action: 'Command' }],
    ['an ActionID of its own', 'QueuePause', { ActionID: 'x' }],
    ['129 headers', 'Originate', { Variable: Array.from({ length: 127 }, () => 'A=1') }],
    ['a line of 1,025 bytes', 'X', { F: 'x'.repeat(1020) }],
    ['a line of more bytes than characters', 'X', { F: 'Щ'.repeat(511) }],
  ])('refuses %s before anything is written', (_, name, fields) => {
    expect(codeOf(() => encodeAction(name, 'a-1', fields))).toBe('invalid');
  });

  it.each([
    ['128 headers', { Variable: Array.from({ length: 126 }, () => 'A=1') }],
    ['a line of 1,024 bytes', { F: 'x'.repeat(1019) }],
  ])('takes %s', (_, fields) => {
    expect(codeOf(() => encodeAction('X', 'a-1', fields))).toBe('written');
  });

  it('keeps values out of its complaints: they may be personal', () => {
    expect(() => encodeAction('UserEvent', 'a-1', { Name: 'Anna\n' })).toThrow(/^(?!.*Anna)/);
  });

  it('is read back as the same fields, or refused', () => {
    const fields = fc.dictionary(
      fc.string({ maxLength: 8 }),
      fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(fields, (wished) => {
        if (codeOf(() => encodeAction('X', 'a-1', wished)) !== 'written') return;
        const bytes = encodeAction('X', 'a-1', wished);
        // One action and nothing behind it.
        expect(bytes.indexOf('\r\n\r\n')).toBe(bytes.length - 4);
        const read = AmiMessage.fromBytes(bytes, 0, bytes.length).fields();
        for (const [name, values] of Object.entries(wished)) {
          expect(read.get(name) ?? []).toEqual(values);
        }
      }),
    );
  });
});
