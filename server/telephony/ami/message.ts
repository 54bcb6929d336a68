const LINE_END = '\r\n';
const LF = 10;
const CR = 13;
const COLON = 58;
const SPACE = 32;

/**
 * One AMI message: a response, an event, or (on the side of a server) an action.
 *
 * It owns a copy of its text and never points into the chunk that it came in, so a message that is kept for hours keeps its own few
 * hundred bytes and not a 64 KB read buffer. Fields are looked up in the text when they are asked for: of an event's twenty fields
 * five are. (Measured against an index of the lines and against a Map of all fields: plain searches are quicker up to ten fields.)
 * A line splits at its first `:`, one space after it belongs to the separator. Keys repeat; keys are data, so no plain object holds
 * them. A bare LF is part of a value: Asterisk sends `Message: Park successful\n` so.
 */
export class AmiMessage {
  /** All lines, each with its line end, without the blank line that ends the message. */
  readonly text: string;
  /** Kept only when the text cannot give it back: other than pure ASCII. */
  private readonly original: Uint8Array | undefined;
  private knownEvent: string | undefined;

  private constructor(text: string, original: Uint8Array | undefined, knownEvent: string | undefined) {
    this.text = text;
    this.original = original;
    this.knownEvent = knownEvent;
  }

  /**
   * The message in `bytes[from, to)`, terminating blank line included. Bytes that are not UTF-8 are replaced in the text and kept in
   * `bytes`. `event` is its name if the caller knows it already.
   */
  static fromBytes(bytes: Buffer, from: number, to: number, event?: string): AmiMessage {
    const end = to - LINE_END.length;
    const text = bytes.toString('utf8', from, end);
    // One character a byte and none of them a replacement character: it is ASCII. (A search for a two-byte character in a
    // one-byte string is answered without looking at the string.)
    const ascii = text.length === end - from && !text.includes('\ufffd');
    return new AmiMessage(text, ascii ? undefined : new Uint8Array(bytes.subarray(from, to)), event);
  }

  /** Builds a message from its fields, in order. Throws a RangeError when they cannot be framed (CR or NUL; `:` or LF in a name). */
  static from(fields: Iterable<readonly [name: string, value: string]>): AmiMessage {
    let text = '';
    for (const [name, value] of fields) {
      if (/[\r\n\0:]/.test(name) || /[\r\0]/.test(value)) {
        throw new RangeError(`the field ${JSON.stringify(name)} cannot be written as a line of AMI`);
      }
      text += `${name}: ${value}${LINE_END}`;
    }
    return AmiMessage.fromText(text);
  }

  /** The message with these lines (`\r\n` between them; blank lines at the end are allowed). */
  static fromText(text: string): AmiMessage {
    const bytes = Buffer.from(`${text.replace(/(\r\n)*$/, '')}${LINE_END}${LINE_END}`, 'utf8');
    return AmiMessage.fromBytes(bytes, 0, bytes.length);
  }

  /** The raw bytes as they were received, the blank line at the end included. */
  get bytes(): Uint8Array {
    return this.original ?? Buffer.from(this.text + LINE_END, 'latin1');
  }

  /** The first value of a field, `''` when it is empty, undefined when it is absent. Names are compared as Asterisk writes them. */
  get(name: string): string | undefined {
    const at = this.find(name, 0);
    return at < 0 ? undefined : this.valueAt(at);
  }

  /** All values of a field that repeats (`Output`, `Variable`, `ChanVariable`), in order. */
  all(name: string): readonly string[] {
    const values: string[] = [];
    for (let at = this.find(name, 0); at >= 0; at = this.find(name, at)) values.push(this.valueAt(at));
    return values;
  }

  get event(): string | undefined {
    if (this.knownEvent === undefined) this.knownEvent = this.get('Event');
    return this.knownEvent;
  }

  get response(): string | undefined {
    return this.get('Response');
  }

  get actionId(): string | undefined {
    return this.get('ActionID');
  }

  /** Every field with its values, in the order of their first appearance. A line without a `:` names no field and is left out. */
  fields(): ReadonlyMap<string, readonly string[]> {
    const map = new Map<string, string[]>();
    let start = 0;
    for (let end = this.text.indexOf(LINE_END); end >= 0; end = this.text.indexOf(LINE_END, start)) {
      const colon = this.text.indexOf(':', start);
      if (colon >= 0 && colon < end) {
        const name = this.text.slice(start, colon);
        const values = map.get(name);
        if (values === undefined) map.set(name, [this.valueAt(colon + 1)]);
        else values.push(this.valueAt(colon + 1));
      }
      start = end + LINE_END.length;
    }
    return map;
  }

  /** Where the value of the first line `name:` that begins at or behind `from` begins (right after the colon), or -1. */
  private find(name: string, from: number): number {
    const { text } = this;
    // The bare name is searched for, and its place checked: its first letter is rarer than a line end, where the search would stop.
    for (let at = text.indexOf(name, from); at >= 0 && at < text.length; at = text.indexOf(name, at + 1)) {
      const end = at + name.length;
      if (text.charCodeAt(end) !== COLON || !startsLine(text, at)) continue;
      // A line splits at its first colon, so a name that holds one is none.
      return text.indexOf(':', at) === end ? end + 1 : -1;
    }
    return -1;
  }

  private valueAt(at: number): string {
    const start = this.text.charCodeAt(at) === SPACE ? at + 1 : at;
    return this.text.slice(start, this.text.indexOf(LINE_END, at));
  }
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || (text.charCodeAt(at - 1) === LF && text.charCodeAt(at - 2) === CR);
}
