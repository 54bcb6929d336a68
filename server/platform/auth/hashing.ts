import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/**
 * Password hashes (argon2id), and how hard a password is to guess, made in threads of their own: a hash keeps a core busy for as long as it is meant to, and must take it neither from the
 * calls nor from the four threads with which Node writes files.
 */
const threads = 2;

const told = z.union([
  z.object({ id: z.number(), answer: z.union([z.string(), z.boolean(), z.number()]) }),
  z.object({ id: z.number(), failure: z.string() }),
]);

type Answer = string | boolean | number;
type Question =
  | { password: string; against: string | null }
  | { texts: string[]; own: string[]; words: string[] };

interface Asked {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** One thread; it works off what it is asked in order, and is started again when it ended. */
class HashingThread {
  #worker: Worker | null = null;
  readonly #asked = new Map<number, Asked>();
  #last = 0;

  get busy(): number {
    return this.#asked.size;
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#last += 1;
      this.#asked.set(this.#last, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.ref();
      this.#worker.postMessage({ id: this.#last, ...question });
    });
  }

  #start(): Worker {
    // What the loader of our own TypeScript needs is no business of this thread.
    const worker = new Worker(new URL('./hashing-thread.js', import.meta.url), { execArgv: [] });
    worker.on('message', (message) => this.#hear(told.parse(message)));
    worker.on('error', (error) =>
      this.#end(worker, error instanceof Error ? error : new Error(String(error))),
    );
    worker.on('exit', () => this.#end(worker, new Error('The thread that makes password hashes has ended')));
    return worker;
  }

  #hear(message: z.infer<typeof told>): void {
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    // An idle thread keeps no process alive.
    if (this.busy === 0) this.#worker?.unref();
    if ('failure' in message) asked?.reject(new Error(message.failure));
    else asked?.resolve(message.answer);
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
  }
}

const pool = Array.from({ length: threads }, () => new HashingThread());

function ask(question: Question): Promise<Answer> {
  const [first, ...others] = pool;
  if (first === undefined) throw new Error('There is no thread for hashes');
  return others.reduce((one, other) => (other.busy < one.busy ? other : one), first).ask(question);
}

/** A new hash of the password, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  return z.string().parse(await ask({ password, against: null }));
}

/** Whether the hash is one of this password. @throws when it is no hash */
export async function isPassword(against: string, password: string): Promise<boolean> {
  return z.boolean().parse(await ask({ password, against }));
}

/**
 * How many guesses the weakest of these texts withstands, by zxcvbn; that takes up to a second of a core.
 * @param own words of the user's  @param words that everybody who guesses here begins with
 */
export async function guessesFor(
  texts: string[],
  own: readonly string[],
  words: readonly string[],
): Promise<number> {
  return z.number().parse(await ask({ texts, own: [...own], words: [...words] }));
}
