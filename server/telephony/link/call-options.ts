import { toE164 } from '@ringdesk/shared/phone';
import type { Config, PbxConfig } from '../../config/index.ts';
import type { CallModelOptions } from '../calls/index.ts';

/** What the call model has to know of this house and this PBX. */
export function callOptions(config: Config, pbx: Pick<PbxConfig, 'name' | 'trunks'>): CallModelOptions {
  return {
    pbx: pbx.name,
    toE164: (raw) => toE164(raw, config.region),
    shortAbandonMs: config.shortAbandonMs,
    maxExtensionDigits: config.extensionDigits,
    outboundPrefix: config.outboundPrefix,
    ...(pbx.trunks === undefined ? {} : { trunks: pbx.trunks }),
  };
}
