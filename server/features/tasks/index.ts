import type { Route } from '../../platform/api/index.ts';
import type { Member } from '../../platform/auth/index.ts';
import type { Store } from '../../platform/store/index.ts';
import { taskRoutes } from './routes.ts';
import { Tasks, type TasksOptions } from './service.ts';
import { TaskStore, tasksName } from './store.ts';

/** Collections whose documents carry events. */
export const taskSources = [tasksName];

/** What has to be done, and by whom; a reminder comes when it is due. */
export function createTasks(
  options: Omit<TasksOptions, 'store' | 'now'> & { store: Store; now?: () => Date },
): { routes: readonly Route[]; maySee(user: Member, id: string): Promise<boolean> } {
  const { store, now = () => new Date(), ...rest } = options;
  const tasks = new Tasks({ ...rest, now, store: new TaskStore(store) });
  return { routes: taskRoutes(tasks), maySee: (user, id) => tasks.maySee(user, id) };
}
