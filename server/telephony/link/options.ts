import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Registry } from 'prom-client';
import type { PbxConfig } from '../../config/index.ts';
import type { Log } from '../../platform/log.ts';
import type { AmiOptions } from '../ami/index.ts';
import type { CallState } from '../calls/index.ts';
import type { Journal } from '../journal/index.ts';
import type { LinkState } from './link-state.ts';

export interface LinkOptions {
  pbx: PbxConfig;
  /** The calls as they were recovered from the journal, or none. The link owns it from now on. */
  state: CallState;
  journal: Journal;
  /** What the calls did, in order. It must not throw and must not wait. */
  onEvents(events: readonly CallEvent[]): void;
  onState(state: LinkState): void;
  /** The journal's segment that is written now. */
  onSegment(segment: number): void;
  log: Log;
  metrics: Registry;
  now?: () => number;
  timing?: AmiOptions['timing'];
}
