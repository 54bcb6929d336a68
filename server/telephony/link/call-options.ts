import type { Config, PbxConfig } from '../../config/index.ts';
import type { CallModelOptions } from '../calls/index.ts';
import { createNumberReader } from './number-rules.ts';

/** What the call model has to know of this house and this PBX. */
export function callOptions(
  config: Config,
  pbx: Pick<PbxConfig, 'name' | 'trunks'> & Partial<PbxConfig>,
): CallModelOptions {
  return {
    pbx: pbx.name,
    toE164: createNumberReader(config, pbx),
    shortAbandonMs: config.shortAbandonMs,
    maxExtensionDigits: config.extensionDigits,
    outboundPrefix: config.outboundPrefix,
    ...(pbx.trunks === undefined ? {} : { trunks: pbx.trunks }),
  };
}
