import { deskApi } from '@ringdesk/shared/desk';
import { devicesOf, type User } from '@ringdesk/shared/user';
import { implement, type Route } from '../../platform/api/index.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Actions } from './actions.ts';
import type { DialOrder } from './dialling.ts';
import type { DeskCore } from './service.ts';

/** The agent's requests at the own desk. */
export function deskRoutes(core: DeskCore, actions: Actions): Route[] {
  /** The agent who asks. Who takes no calls has no desk. */
  function agentOf(user: User): string {
    if (user.agent === null)
      throw new Refusal(
        'forbidden',
        'This user takes no calls, so there is no desk. Set an agent for the user.',
      );
    core.ensureAgent({
      id: user.agent,
      name: user.name,
      devices: devicesOf(user),
    });
    return user.agent;
  }

  return [
    implement(deskApi.view, ({ user }) => core.viewOf(agentOf(user)) ?? noDesk()),
    implement(deskApi.choices, () => core.deps.choices()),
    implement(deskApi.colleagues, ({ user }) => actions.colleagues(agentOf(user))),
    implement(deskApi.state, ({ user, body }) =>
      actions.choose(agentOf(user), {
        state: body.state,
        reason: body.state === 'break' ? body.reason : null,
      }),
    ),
    implement(deskApi.dial, ({ user, body, request }) => {
      const agent = agentOf(user);
      const order: DialOrder = { user, to: body.number, kind: 'dialled', from: request.ip ?? null };
      return core.deps.dialling.run(order, () => actions.dial(agent, body.number));
    }),
    implement(deskApi.hangUp, ({ user, params }) => actions.hangUp(agentOf(user), params.callId)),
    implement(deskApi.transfer, ({ user, params, body, request }) => {
      const agent = agentOf(user);
      const order: DialOrder = { user, to: body.to, kind: 'transferred', from: request.ip ?? null };
      return core.deps.dialling.run(order, () => actions.transfer(agent, params.callId, body));
    }),
    implement(deskApi.consultation, ({ user, params, body }) =>
      actions.consultation(agentOf(user), params.callId, body.do),
    ),
    implement(deskApi.pick, ({ user, params, body, request }) =>
      actions.pick(agentOf(user), params.callId, body, { user, from: request.ip ?? null }),
    ),
    implement(deskApi.unpick, ({ user, params }) => actions.unpick(agentOf(user), params.callId)),
    implement(deskApi.lookUp, ({ user, params }) => actions.lookUpAgain(agentOf(user), params.callId)),
    implement(deskApi.timeline, ({ user, params, query }) =>
      actions.timeline(agentOf(user), params.callId, query),
    ),
    implement(deskApi.draft, ({ user, params, body }) => actions.draft(agentOf(user), params.callId, body)),
    implement(deskApi.wrapUp, ({ user, params, body }) => actions.wrapUp(agentOf(user), params.callId, body)),
    implement(deskApi.writing, ({ user, params }) => actions.stay(agentOf(user), params.callId, 'writing')),
    implement(deskApi.moreTime, ({ user, params }) =>
      actions.stay(agentOf(user), params.callId, 'more-time'),
    ),
    implement(deskApi.close, ({ user, params }) => actions.close(agentOf(user), params.callId)),
  ];
}

function noDesk(): never {
  throw new Refusal('forbidden', 'This user has no desk: no phone is set for it.');
}
