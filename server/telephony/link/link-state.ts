/** `restarted`: the PBX itself was restarted since the link was up last, and has forgotten pauses and added members. */
export type LinkState =
  | { kind: 'up'; restarted: boolean; warning: LinkWarning | null }
  /** `tooOld`: it is connected, but an Asterisk whose events say nothing to us. */
  | { kind: 'down'; message: string; tooOld?: true };

/** `no-timestamps`: the PBX does not time its events. `journal`: what it says cannot be written down; a crash now would lose calls. */
type LinkWarning = 'no-timestamps' | 'journal';
