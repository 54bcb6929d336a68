/** How Asterisk names channels, devices and interfaces. Nothing here decides whose they are: see whose-phone.ts. */

/** `PJSIP/1001-0000002a` → `PJSIP/1001`; `Local/1005@agents-00000003;2` → `Local/1005@agents`; `Khomp/B0L3-0.0` → `Khomp/B0L3`. */
export function deviceOf(channelName: string): string {
  return channelName.replace(/(;[12])$/, '').replace(/-([0-9a-f]+|\d+\.\d+)$/i, '');
}

export function isLocal(name: string): boolean {
  return name.startsWith('Local/');
}

/** `PJSIP/1001` → `1001`, `Local/1005@agents/n` → `1005`, `hint:1001@ext-local` → `1001`. */
export function peerOf(device: string): string {
  return device.slice(device.search(/[/:]/) + 1).replace(/[@/].*$/, '');
}

/**
 * The phones in a hint: `PJSIP/1001&PJSIP/991001&Custom:DND1001,CustomPresence:1001` → the first two. What is no phone's device (`Custom:`,
 * `Queue:`, `park:`, `confbridge:`) has a colon where a phone has a slash. Local channels are left out: they are a way, not a phone.
 */
export function phonesInHint(hint: string): string[] {
  return hint
    .split(/[&,]/)
    .map((part) => part.trim())
    .filter((part) => /^[A-Za-z0-9]+\/[^/\s]/.test(part) && !isLocal(part));
}

/** The number in a dial string: `79165550001@trunk`, `PJSIP/7916…@trunk`, `SIP/trunk/7916…`, `sip:+7916…@host`. */
export function dialledNumber(dialString: string | null): string | null {
  const found = /([+*#\d]{2,})@/.exec(dialString ?? '') ?? /(?:^|[/:])([+*#\d]{2,})$/.exec(dialString ?? '');
  return found?.[1] ?? null;
}

/**
 * How a dial string uses the device that it reaches. `itself`: the device is the goal, as with a phone (`anna`, `SIP/anna`, `anna/sip:anna@10.0.0.5`,
 * `4` of `DAHDI/4`). `through`: a number is dialled by way of it, as with a line (`79165550001@trunk`, `trunk/79165550001`, `g1/7916…`).
 * Null: it may be either (`trunk/sip:79165550001@carrier` looks like a registered phone whose contact is a number), or nothing is said.
 */
export function dialledAs(device: string, dialString: string | null): 'itself' | 'through' | null {
  if (dialString === null) return null;
  const said = dialString.replace(new RegExp(`^${technologyOf(device)}/`), '');
  const peer = peerOf(device);
  if (said === peer || said.startsWith(`${peer}/${peer}/`)) return 'itself';
  if (said.startsWith(`${peer}/sip`)) {
    const user = /^sips?:([^@;:]*)@/.exec(said.slice(peer.length + 1))?.[1] ?? '';
    return user === peer || !/^\+?\d{5,}$/.test(user) ? 'itself' : null;
  }
  if (/^[+*#\d]{2,}@/.test(said) && said.endsWith(`@${peer}`)) return 'through';
  return /^[^/@]+\/[+*#\d]{2,}$/.test(said) ? 'through' : null;
}

function technologyOf(device: string): string {
  return /^[A-Za-z0-9]+/.exec(device)?.[0] ?? '';
}

/** Ends of Asterisk's own, which belong to no phone and no line: they listen, record, announce, or carry media to a program. */
export function isMachine(channelName: string): boolean {
  return /^(Snoop|Announcer|Recorder|CBAnn|CBRec|Surrogate|Message|MulticastRTP|UnicastRTP|WebSocket|AudioSocket)\//.test(
    channelName,
  );
}
