import { type TopicMessage, topic } from '@ringdesk/shared/live';
import { z } from 'zod';
import { TopicClient } from '../../agent-ui/src/platform/live/topicClient.ts';
import { Topics } from '../../server/platform/live/index.ts';
import { createLog } from '../../server/platform/log.ts';

/** The page's side of live topics against the server's, with a wire between that loses what a test says. */

const counter = topic({ name: 'counter', permission: 'session', snapshot: z.int(), delta: z.int() });
const secret = topic({ name: 'secret', permission: 'audit.read', snapshot: z.int(), delta: z.int() });

let topics: Topics;
let sum: number;
let publish: (by: number) => void;
afterEach(() => topics.close());

function aServer(from = 0) {
  topics = new Topics({ log: createLog({ level: 'silent', showPersonal: false }) });
  sum = from;
  const serve = topics.serve(counter, () => sum);
  publish = (by) => {
    sum += by;
    serve(by);
  };
  topics.serve(secret, () => 0);
}

/** A page that adds up what it hears. */
function aPage() {
  let link: { up: boolean; loses: (message: TopicMessage) => boolean };
  const asked: string[] = [];
  const heard: { state: number | null; snapshots: number; refused: string | null } = {
    state: null,
    snapshots: 0,
    refused: null,
  };
  const client = new TopicClient((request) => {
    asked.push(`${request.do} ${request.topic}`);
    if (link.up) topics.handle(subscriber, request);
  });
  let subscriber = aSubscriber();
  function aSubscriber() {
    const own = { up: true, loses: () => false as boolean };
    link = own;
    return {
      may: () => false,
      send(message: TopicMessage) {
        if (own.up && !own.loses()) client.receive(message);
        return true;
      },
    };
  }
  const listener = {
    snapshot: (data: unknown) => {
      heard.state = z.int().parse(data);
      heard.snapshots += 1;
    },
    delta: (data: unknown) => {
      heard.state = (heard.state ?? 0) + z.int().parse(data);
    },
    refused: (why: string) => {
      heard.refused = why;
    },
  };
  return {
    heard,
    asked,
    listen: (name: string) => client.listen(name, listener),
    loses: (whether: boolean) => {
      link.loses = () => whether;
    },
    cut: () => {
      link.up = false;
      topics.forget(subscriber);
    },
    comesBack: () => {
      subscriber = aSubscriber();
      client.up();
    },
  };
}

test('who listens gets what there is, and then every change', () => {
  aServer(5);
  const page = aPage();
  page.listen('counter');
  publish(1);
  publish(10);
  expect(page.heard).toEqual({ state: 16, snapshots: 1, refused: null });
});

test('a change that got lost is noticed with the next, and the page is right again', () => {
  aServer();
  const page = aPage();
  page.listen('counter');
  publish(1);
  page.loses(true);
  publish(1);
  page.loses(false);
  publish(1);
  expect(page.heard).toMatchObject({ state: 3, snapshots: 2 });
  publish(1);
  expect(page.heard).toMatchObject({ state: 4, snapshots: 2 });
});

test('after a cut, the page has all that happened meanwhile', () => {
  aServer();
  const page = aPage();
  page.listen('counter');
  page.cut();
  publish(7);
  expect(page.heard.state).toBe(0);
  page.comesBack();
  expect(page.heard.state).toBe(7);
  publish(1);
  expect(page.heard.state).toBe(8);
});

test('a server that was started anew counts anew, and the page goes by its count', () => {
  aServer();
  const page = aPage();
  page.listen('counter');
  for (let n = 0; n < 5; n += 1) publish(1);
  page.cut();
  topics.close();
  aServer(100);
  page.comesBack();
  publish(1);
  expect(page.heard.state).toBe(101);
});

test('what one may not hear is refused, and so is what nobody serves', () => {
  aServer();
  const page = aPage();
  page.listen('secret');
  expect(page.heard.refused).toBe('forbidden');
  page.listen('nothing');
  expect(page.heard.refused).toBe('unknown');
});

test('the last one who stops listening takes the subscription along', () => {
  aServer();
  const page = aPage();
  const [first, second] = [page.listen('counter'), aPage().listen('counter')];
  second();
  first();
  first();
  expect(page.asked).toEqual(['subscribe counter', 'unsubscribe counter']);
  publish(1);
  expect(page.heard.state).toBe(0);
});
