import type { Config, PbxConfig } from '../../config/index.ts';
import type { CallModelOptions } from '../calls/index.ts';
import { createNumberReader } from './number-rules.ts';

/** What differs from PBX to PBX; what is left out is as the house has it. */
export type PbxSettings = Pick<PbxConfig, 'name'> & Partial<PbxConfig>;

/**
 * What the call model has to know of this house and this PBX: the same for the live link, the journal and `ringdesk replay`.
 * @param owners device → agent, for a recording that does not tell it
 */
export function callOptions(
  config: Config,
  pbx: PbxSettings,
  owners?: ReadonlyMap<string, string>,
): CallModelOptions {
  return {
    pbx: pbx.name,
    toE164: createNumberReader(config, pbx),
    shortAbandonMs: config.shortAbandonMs,
    maxExtensionDigits: pbx.extensionDigits ?? config.extensionDigits,
    outboundPrefix: config.outboundPrefix,
    phoneContexts: pbx.phoneContexts ?? [config.agentContext],
    ...(pbx.trunks === undefined ? {} : { trunks: pbx.trunks }),
    ...(pbx.phones === undefined ? {} : { phones: pbx.phones }),
    ...(owners === undefined ? {} : { owners }),
  };
}
