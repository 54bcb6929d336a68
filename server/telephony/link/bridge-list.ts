import { AmiError, type AmiMessage, type AmiSession } from '../ami/index.ts';

/** Which bridges are parking lots or conferences. A PBX that cannot tell is taken at its channels' word. */
export async function bridgeList(reader: AmiSession, timeoutMs: number): Promise<readonly AmiMessage[]> {
  try {
    return (await reader.action('BridgeList', {}, { timeoutMs })).events;
  } catch (error) {
    if (error instanceof AmiError && error.code === 'refused') return [];
    throw error;
  }
}
