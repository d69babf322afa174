/** The load generator of our own: numbered requests over pooled connections, each answer timed. */
import { type Dispatcher, Pool } from "undici";
import { NUMBER, numberOf, type RequestTemplate } from "../request.ts";

export interface Answer {
  readonly status: number;
  /** From handing the request over to the last byte of the answer. */
  readonly ms: number;
}

export interface Sending {
  readonly lane: number;
  readonly call: number;
  /** Sees the body as it comes. */
  onChunk?(chunk: Buffer): void;
}

export interface Client extends AsyncDisposable {
  /** Rejects when the answer is missing or cut off. */
  send(template: RequestTemplate, sending: Sending): Promise<Answer>;
}

export function connectClient(options: {
  readonly url: string;
  readonly connections: number;
  readonly run: number;
}): Client {
  const pool = new Pool(options.url, { connections: options.connections, pipelining: 1 });
  const fill = memoize(split);
  return {
    send(template, sending) {
      const number = numberOf(options.run, sending.lane, sending.call);
      const { path, headers, body } = fill(template);
      return new Promise((resolve, reject) => {
        pool.dispatch(
          {
            path,
            method: "POST",
            headers: headers.map((pieces) => pieces.join(number)),
            body: body.join(number),
          },
          new Exchange({ resolve, reject, ...sending }),
        );
      });
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

interface Pieces {
  readonly path: string;
  /** Names and values by turns. */
  readonly headers: readonly (readonly string[])[];
  readonly body: readonly string[];
}

function split({ path, headers, body }: RequestTemplate): Pieces {
  return {
    path,
    headers: Object.entries(headers)
      .flat()
      .map((text) => text.split(NUMBER)),
    body: body.split(NUMBER),
  };
}

function memoize<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

interface ExchangeOptions extends Sending {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #sentAt = performance.now();
  #status = 0;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  onRequestStart(): void {
    this.#status = 0;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#options.onChunk?.(chunk);
  }

  onResponseEnd(): void {
    this.#options.resolve({ status: this.#status, ms: performance.now() - this.#sentAt });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#options.reject(error);
  }
}
