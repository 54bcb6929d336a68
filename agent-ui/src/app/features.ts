import { audit } from '../features/audit/index.ts';
import { customers } from '../features/customers/index.ts';
import { desk } from '../features/desk/index.ts';
import { interactions } from '../features/interactions/index.ts';
import { jobs } from '../features/jobs/index.ts';
import { profile } from '../features/profile/index.ts';
import { reports } from '../features/reports/index.ts';
import { settings } from '../features/settings/index.ts';
import { tasks } from '../features/tasks/index.ts';
import { users } from '../features/users/index.ts';
import type { Feature } from '../platform/feature.ts';

/** All features of the page, in the order of the navigation. A new one adds its line. */
export const features: readonly Feature[] = [
  desk,
  customers,
  interactions,
  tasks,
  reports,
  users,
  settings,
  audit,
  jobs,
  profile,
];
