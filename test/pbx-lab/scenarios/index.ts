import { directScenarios } from './direct.ts';
import { insideScenarios } from './inside.ts';
import { memberScenarios } from './member.ts';
import { outboundScenarios } from './outbound.ts';
import { partyScenarios } from './party.ts';
import { queueScenarios } from './queue.ts';
import { roomScenarios } from './rooms.ts';
import type { Scenario } from './scenario.ts';
import { siteScenarios } from './sites.ts';
import { transferScenarios } from './transfer.ts';
import { wazoScenarios } from './wazo.ts';

export const scenarios: Scenario[] = [
  ...queueScenarios,
  ...transferScenarios,
  ...partyScenarios,
  ...outboundScenarios,
  ...insideScenarios,
  ...directScenarios,
  ...memberScenarios,
  ...roomScenarios,
  ...[...siteScenarios, ...wazoScenarios].map((scenario) => ({ ...scenario, hints: true as const })),
];

export { play, type Scenario } from './scenario.ts';
