import type { Feature } from '../../platform/feature.ts';
import type { Store } from '../../platform/store/index.ts';
import { taskRoutes } from './routes.ts';
import { Tasks, type TasksOptions } from './service.ts';
import { TaskStore, tasksName } from './store.ts';

/** What has to be done, and by whom; a reminder comes when it is due. */
export function tasksFeature(
  options: Omit<TasksOptions, 'store' | 'now'> & { store: Store; now?: () => Date },
): Feature {
  const { store, now = () => new Date(), ...rest } = options;
  const tasks = new Tasks({ ...rest, now, store: new TaskStore(store) });
  return {
    sources: [tasksName],
    routes: taskRoutes(tasks),
    history: { task: (user, id) => tasks.maySee(user, id) },
  };
}
