import { dialable, targetsFor } from './targets.ts';

const colleagues = {
  agents: [
    { agent: '1002', name: 'Олег', state: 'offline' as const },
    { agent: '1003', name: 'Мария', state: 'on-call' as const },
    { agent: '1004', name: 'Яна', state: 'available' as const },
    { agent: '1005', name: 'Борис', state: 'available' as const },
  ],
  queues: ['sales', 'support'],
};
const found = (text: string) => targetsFor(text, colleagues).map((target) => target.to);

test.each([
  ['', ['1005', '1004', '1003', '1002', 'sales', 'support']],
  ['мар', ['1003']],
  ['SU', ['support']],
  ['100', ['1005', '1004', '1003', '1002', '100']],
  ['1003', ['1003']],
  ['+7 (916) 123-45-67', ['+79161234567']],
  ['nobody', []],
])('"%s" finds %j', (text, expected) => expect(found(text)).toEqual(expected));

test.each([
  ['8 (495) 555-01-01', '84955550101'],
  ['*97', '*97'],
  ['1', null],
  ['anna', null],
  ['12a', null],
  ['', null],
])('"%s" is dialled %j', (text, number) => expect(dialable(text)).toBe(number));
