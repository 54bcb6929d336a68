import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { role } from './user.ts';

/** What the login page needs to know. `demoUsers` is empty unless the simulator serves. */
export const welcome = z.object({
  simulated: z.boolean(),
  embeddedStore: z.boolean(),
  demoUsers: z.array(z.object({ login: z.string(), password: z.string(), name: z.string(), role })),
});
export type Welcome = z.infer<typeof welcome>;

export const welcomeApi = {
  read: endpoint({
    id: 'welcome.read',
    method: 'GET',
    path: '/welcome',
    permission: 'public',
    summary: 'Says what the login page shows.',
    answer: welcome,
  }),
};
