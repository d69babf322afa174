/** What the fake upstream records of one request; it keeps nothing of the connection alive. */

/** The counts go on changing until `ended` resolves. */
export interface UpstreamRequest {
  /** Place in the order of arrival, from 1. */
  readonly number: number;
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** Names and values by turns, as sent. */
  readonly rawHeaders: readonly string[];
  /** When the head had arrived; epoch milliseconds with a fraction. */
  readonly arrivedAtMs: number;
  /** The body as far as it was read; empty where bodies are not kept. */
  readonly body: Buffer;
  /** Bytes of the body that were read. */
  readonly bytesRead: number;
  /** Bytes of the answer's body handed to the connection. */
  readonly bytesWritten: number;
  /** When the connection was lost before the answer was complete, by whichever side. */
  readonly abortedAtMs: number | undefined;
  /** Resolves when the answer is complete or the connection is lost. */
  readonly ended: Promise<void>;
  /** The first value of a header, by its lower-case name. */
  header(name: string): string | undefined;
}

/** Epoch milliseconds with a fraction, comparable between the processes of one machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** The record itself, which the exchange writes to. */
export class RequestRecord implements UpstreamRequest {
  readonly number: number;
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly arrivedAtMs = nowMs();
  readonly ended: Promise<void>;
  bytesRead = 0;
  bytesWritten = 0;
  abortedAtMs: number | undefined;
  readonly #chunks: Buffer[] | undefined;

  constructor(
    head: Pick<UpstreamRequest, "number" | "method" | "target" | "rawHeaders" | "ended">,
    keepBody: boolean,
  ) {
    this.number = head.number;
    this.method = head.method;
    this.target = head.target;
    this.rawHeaders = head.rawHeaders;
    this.ended = head.ended;
    this.#chunks = keepBody ? [] : undefined;
  }

  get body(): Buffer {
    return Buffer.concat(this.#chunks ?? []);
  }

  header(name: string): string | undefined {
    const at = this.rawHeaders.findIndex(
      (text, index) => index % 2 === 0 && text.toLowerCase() === name,
    );
    return at < 0 ? undefined : this.rawHeaders[at + 1];
  }

  /** Counts a chunk of the body, and keeps it where bodies are kept. */
  received(chunk: Buffer): void {
    this.bytesRead += chunk.length;
    this.#chunks?.push(chunk);
  }
}
