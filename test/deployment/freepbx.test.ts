import { readFileSync } from 'node:fs';

/** What the page for FreePBX says to add is what the shipped manager.conf has, which the lab runs. */

const shipped = readFileSync('docs/asterisk/manager.conf', 'utf8').split('\n');
const page = readFileSync('docs/asterisk/freepbx.md', 'utf8');

/** The settings of a section, comments left out. */
function section(lines: readonly string[], head: RegExp): string[] {
  const start = lines.findIndex((line) => head.test(line));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\[|^#|^```/.test(line));
  return rest.slice(0, end).filter((line) => line.includes('=') && !line.startsWith(';'));
}

test.each(['ringdesk-events', 'ringdesk-actions'])('the user %s is the same', (user) => {
  const head = new RegExp(`^\\[${user}\\]`);
  const lines = section(shipped, head);
  expect(lines.length).toBeGreaterThan(5);
  expect(section(page.split('\n'), head)).toEqual(lines);
});

test('what it adds to [general] stands in the shipped one', () => {
  const added = section(page.split('\n'), /^\[general\]\(\+\)/);
  expect(added).toHaveLength(2);
  expect(section(shipped, /^\[general\]/)).toEqual(expect.arrayContaining(added));
});
