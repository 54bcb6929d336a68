import { type NumberRules, toE164 } from '@ringdesk/shared/phone';
import type { Config, PbxConfig } from '../../config/index.ts';

/** How the house writes numbers, where nothing else is said of a PBX or a trunk. */
export function houseNumbers(
  config: Pick<Config, 'region' | 'numberPrefixes' | 'outboundPrefix'>,
): Required<NumberRules> {
  const digits = /^\d+$/.test(config.outboundPrefix) ? [config.outboundPrefix] : [];
  return { region: config.region, prefixes: config.numberPrefixes ?? digits };
}

/**
 * Reads the numbers of one PBX: by the rules of the trunk on which they come or are dialled, else the PBX's, else the house's.
 * @returns E.164, or null for what is no number
 */
export function createNumberReader(
  config: Pick<Config, 'region' | 'numberPrefixes' | 'outboundPrefix'>,
  pbx: Partial<Pick<PbxConfig, 'region' | 'numberPrefixes' | 'trunkNumbers'>>,
): (raw: string, device: string | null) => string | null {
  const house = houseNumbers(config);
  const own = { region: pbx.region ?? house.region, prefixes: pbx.numberPrefixes ?? house.prefixes };
  const trunks = (pbx.trunkNumbers ?? []).map(({ trunk, region, numberPrefixes }) => ({
    trunk,
    rules: { region: region ?? own.region, prefixes: numberPrefixes ?? own.prefixes },
  }));
  return (raw, device) => toE164(raw, trunks.find(({ trunk }) => device?.startsWith(trunk))?.rules ?? own);
}

/** Reads the numbers of all PBXs by their names; of a PBX that is not set, and of none, by the rules of the house. */
export function createNumberReaders(config: Config): (raw: string, pbx: string | null) => string | null {
  const ofHouse = createNumberReader(config, {});
  const readers = new Map(config.pbx.map((pbx) => [pbx.name, createNumberReader(config, pbx)]));
  return (raw, pbx) => (readers.get(pbx ?? '') ?? ofHouse)(raw, null);
}
