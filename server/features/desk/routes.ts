import {
  consultationInput,
  dialInput,
  pickInput,
  setStateInput,
  transferInput,
  wrapUpDraft,
  wrapUpInput,
} from '@ringdesk/shared/desk';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { Refusal } from '../../platform/errors.ts';
import { parseInput } from '../../platform/http/input.ts';
import type { Actions } from './actions.ts';
import type { DeskCore } from './service.ts';

const cardPath = z.object({ callId: z.string().min(1).max(200) });

/**
 * The agent's requests, below `/desk` of the API. Every answer is 204, a body, or a Refusal that the HTTP edge tells. A JSON body must have been
 * parsed before.
 */
export function deskRoutes(core: DeskCore, actions: Actions): Router {
  const { deps } = core;
  const router = Router();

  /** The agent who asks. Who takes no calls has no desk. */
  function agentOf(req: Request): string {
    const user = deps.userOf(req);
    if (user === null) throw new Refusal('not-logged-in', 'Log in first.');
    if (user.agent === null)
      throw new Refusal(
        'forbidden',
        'This user takes no calls, so there is no desk. Set an agent for the user.',
      );
    core.ensureAgent({
      id: user.agent,
      name: user.name,
      device: user.device ?? `PJSIP/${user.agent}`,
    });
    return user.agent;
  }

  function answer(work: (agent: string, req: Request) => Promise<void>) {
    return async (req: Request, res: Response): Promise<void> => {
      await work(agentOf(req), req);
      res.status(204).end();
    };
  }

  function onCard(work: (agent: string, callId: string, body: unknown) => Promise<void>) {
    return answer((agent, req) => work(agent, parseInput(cardPath, req.params).callId, req.body));
  }

  router.get('/', (req, res) => {
    res.json(core.viewOf(agentOf(req)));
  });
  router.get('/settings', (req, res) => {
    if (deps.userOf(req) === null) throw new Refusal('not-logged-in', 'Log in first.');
    res.json(deps.settings);
  });
  router.get('/colleagues', (req, res) => {
    res.json(actions.colleagues(agentOf(req)));
  });
  router.post(
    '/state',
    answer((agent, req) => {
      const input = parseInput(setStateInput, req.body);
      return actions.choose(agent, {
        state: input.state,
        reason: input.state === 'break' ? input.reason : null,
      });
    }),
  );
  router.post(
    '/dial',
    answer((agent, req) => actions.dial(agent, parseInput(dialInput, req.body).number)),
  );

  const card = '/cards/:callId';
  router.post(`${card}/hangup`, onCard(actions.hangUp));
  router.post(
    `${card}/transfer`,
    onCard((agent, callId, body) => actions.transfer(agent, callId, parseInput(transferInput, body))),
  );
  router.post(
    `${card}/consultation`,
    onCard((agent, callId, body) =>
      actions.consultation(agent, callId, parseInput(consultationInput, body).do),
    ),
  );
  router.post(
    `${card}/customer`,
    onCard((agent, callId, body) => actions.pick(agent, callId, parseInput(pickInput, body).customerId)),
  );
  router.post(`${card}/look-up`, onCard(actions.lookUpAgain));
  router.put(
    `${card}/draft`,
    onCard((agent, callId, body) => actions.draft(agent, callId, parseInput(wrapUpDraft, body))),
  );
  router.post(
    `${card}/wrap-up`,
    onCard((agent, callId, body) => actions.wrapUp(agent, callId, parseInput(wrapUpInput, body))),
  );
  router.post(`${card}/close`, onCard(actions.close));
  return Router().use('/desk', router);
}
