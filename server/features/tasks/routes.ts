import { tasksApi } from '@ringdesk/shared/task';
import { implement, type Route } from '../../platform/api/index.ts';
import type { Tasks } from './service.ts';

export function taskRoutes(tasks: Tasks): Route[] {
  return [
    implement(tasksApi.list, ({ user, query }) => tasks.list(user, query)),
    implement(tasksApi.read, ({ user, params }) => tasks.read(user, params.id)),
    implement(tasksApi.create, ({ user, body }) => tasks.create(user, body)),
    implement(tasksApi.update, ({ user, params, body }) => tasks.update(user, params.id, body)),
    implement(tasksApi.setState, ({ user, params, body }) => tasks.setState(user, params.id, body.state)),
  ];
}
