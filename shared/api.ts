import { auditApi } from './audit.ts';
import { customersApi } from './customer.ts';
import { customerImportApi } from './customer-import.ts';
import { deskApi } from './desk.ts';
import type { AnyEndpoint } from './endpoint.ts';
import { interactionsApi } from './interaction.ts';
import { jobsApi } from './job.ts';
import { notificationsApi } from './notification.ts';
import { reportsApi } from './report.ts';
import { queueSettingsApi, settingSubjects } from './settings.ts';
import { staffApi } from './staff.ts';
import { tasksApi } from './task.ts';
import { rolesApi, teamsApi } from './team.ts';
import { tokensApi } from './token.ts';
import { sessionApi } from './user.ts';
import { welcomeApi } from './welcome.ts';

/** Every endpoint of the API. A new feature adds its line here; a test says so when the server answers one that is not listed. */
export const api: readonly AnyEndpoint[] = [
  welcomeApi,
  sessionApi,
  deskApi,
  customersApi,
  customerImportApi,
  interactionsApi,
  jobsApi,
  notificationsApi,
  tasksApi,
  auditApi,
  reportsApi,
  staffApi,
  teamsApi,
  rolesApi,
  tokensApi,
  queueSettingsApi,
  ...Object.values(settingSubjects),
].flatMap((feature): AnyEndpoint[] => Object.values(feature));
