import { lines } from '../engine/events.ts';
import type { Action, ListItem, Reply } from './action.ts';

/** The answers to one action, in the form in which Asterisk writes them; each `write` is one message. */
export function replyTo(action: Action, write: (message: string) => void): Reply {
  const id = action.id === null ? '' : lines({ ActionID: action.id });
  const item = ({ event, text, idFirst }: ListItem): string =>
    `Event: ${event}\r\n${idFirst ? id : ''}${text}${idFirst ? '' : id}\r\n`;
  return {
    success: (message, fields = {}) =>
      write(`Response: Success\r\n${id}${lines({ Message: message, ...fields })}\r\n`),
    fields: (fields) => write(`Response: Success\r\n${id}${lines(fields)}\r\n`),
    error: (message) => write(`Response: Error\r\n${id}Message: ${message}\r\n\r\n`),
    list(message, complete, items) {
      write(`Response: Success\r\n${id}EventList: start\r\nMessage: ${message}\r\n\r\n`);
      for (const one of items) write(item(one));
      const end = lines({ EventList: 'Complete', ListItems: items.length });
      write(`Event: ${complete}\r\n${id}${end}\r\n`);
    },
  };
}
