/** What every surface must pass, said once; each surface's tests run it with samples of its own protocol. */
import { once } from "node:events";
import { createServer } from "node:http";
import { AppError, ERRORS, type ErrorCode } from "@yolo/core/errors";
import { readJson } from "@yolo/inspect/json";
import { type HttpReply, send } from "@yolo/testkit/http-client";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exchange, type RequestHead } from "../exchange.ts";
import type { Inspected } from "../pipeline/inspect.ts";
import type { Surface } from "./surface.ts";

export interface SampleRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null for none. */
  readonly body: string | null;
}

/** What a client of the protocol makes of a refusal. */
export interface ReadRefusal {
  /** What the model, or its user, gets to read. */
  readonly message: string;
  readonly requestId: string;
  /** Whether the client would try again by itself. */
  readonly isRetried: boolean;
}

export interface SurfaceSample {
  readonly surface: Surface;
  /** Well-formed requests of every kind that it serves. */
  readonly requests: readonly SampleRequest[];
  /** Reads a refusal as the protocol's clients do. Throws when it is none in this protocol. */
  readRefusal(reply: HttpReply): ReadRefusal;
}

const CODES = Object.keys(ERRORS).filter((code): code is ErrorCode => code in ERRORS);
/** What a request may be refused for before anybody has decided about it. */
const BAD_REQUEST: ReadonlySet<ErrorCode> = new Set([
  "malformed_request",
  "method_not_allowed",
  "not_found",
]);
const NO_CREDENTIAL: ReadonlySet<ErrorCode> = new Set(["missing_key", "conflicting_credentials"]);

/** The part that needs no gateway around the surface. */
export function describeSurface(sample: SurfaceSample): void {
  describe("conforms to what every surface must do", () => {
    parsesItsOwn(sample);
    survivesGarbage(sample);
    refusesInItsOwnWords(sample);
  });
}

export function headOf({ method, path, headers = {} }: Omit<SampleRequest, "body">): RequestHead {
  return { method, path, query: "", headers, rawHeaders: Object.entries(headers).flat() };
}

export function inspectedBody(body: string | null): Inspected {
  const bytes = Buffer.from(body ?? "");
  const document = body === null ? null : readJson(bytes, ["messages", "tools", "mcp_servers"]);
  return { bytes, document, findings: [], receivedBytes: bytes.length };
}

function parsesItsOwn({ surface, requests }: SurfaceSample): void {
  test.each(requests)("$method $path is served and attempts something", (request) => {
    const head = headOf(request);
    expect(surface.serves(head)).toBe(true);
    for (const action of surface.parse(head, inspectedBody(request.body)).actions) {
      expect(action.verb).toMatch(/^[a-z]+:[\w:]+$/);
      expect(action.resource).toMatch(/^[\x21-\x7e]+$/);
      expect(action.resource).not.toContain("*");
    }
  });
}

function survivesGarbage({ surface, requests }: SurfaceSample): void {
  const path = fc.oneof(
    fc.constantFrom(...requests.map((request) => request.path)),
    fc.webPath(),
    fc.string(),
  );
  const method = fc.oneof(fc.constantFrom("GET", "POST", "HEAD", "PUT", "DELETE"), fc.string());
  const names = ["x-api-key", "authorization", "x-yolo-key", "x-claude-code-session-id", "x-app"];
  const headers = fc.dictionary(fc.constantFrom(...names), fc.string());
  const body = fc.oneof(
    fc.constant(null),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(...requests.map((request) => request.body)).chain(damaged),
  );

  test("garbage is refused as such and never crashes it", () => {
    fc.assert(
      fc.property(method, path, headers, body, (...[one, two, three, four]) => {
        const head = headOf({ method: one, path: two, headers: three });
        expect(codesOf(() => surface.credential(head))).toSatisfy(within(NO_CREDENTIAL));
        expect(codesOf(() => surface.parse(head, inspectedBody(four)))).toSatisfy(
          within(BAD_REQUEST),
        );
        expect(typeof surface.serves(head)).toBe("boolean");
        expect(codesOf(() => surface.capture(inspectedBody(four), null))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
}

/** The same body with one of its members replaced by any other value. */
function damaged(body: string | null): fc.Arbitrary<string | null> {
  const value: unknown = body === null ? null : JSON.parse(body);
  if (typeof value !== "object" || value === null) return fc.constant(body);
  return fc
    .tuple(fc.constantFrom(...Object.keys(value)), fc.jsonValue({ maxDepth: 3 }))
    .map(([name, other]) => JSON.stringify({ ...value, [name]: other }));
}

function codesOf(run: () => unknown): ErrorCode[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof AppError) return [error.code];
    throw error;
  }
}

function within(allowed: ReadonlySet<ErrorCode>) {
  return (codes: readonly ErrorCode[]) => codes.every((code) => allowed.has(code));
}

function refusesInItsOwnWords({ surface, readRefusal }: SurfaceSample): void {
  const message = 'No: "rule 7" says – in line 3 – that… \n😀 you may not.';

  test.each(CODES)(
    "%s is refused in the protocol's words, with the reason and the id",
    async (code) => {
      const { reply, requestId } = await refusalOf(
        surface,
        new AppError(code, { message }),
        "POST",
      );
      expect(reply.status).toBe(ERRORS[code]);
      const refusal = readRefusal(reply);
      expect(refusal).toMatchObject({ message, requestId });
      const isFinal = reply.status === 401 || reply.status === 403;
      if (isFinal) expect(refusal.isRetried).toBe(false);
      if (reply.status === 503) expect(Number(reply.header("retry-after"))).toBeGreaterThan(0);
    },
  );

  test("how soon to try again is told, and nothing that only the log may know", async () => {
    const error = new AppError("record_unavailable", {
      message,
      detail: "the database at 10.0.0.7",
      retryAfterSeconds: 17,
    });
    const { reply } = await refusalOf(surface, error, "POST");
    expect(reply.header("retry-after")).toBe("17");
    expect(reply.text() + reply.rawHeaders.join()).not.toContain("10.0.0.7");
  });

  test("a HEAD is refused without a body", async () => {
    const { reply } = await refusalOf(surface, new AppError("not_found", { message }), "HEAD");
    expect([reply.status, reply.body.length]).toEqual([404, 0]);
  });
}

/** How a refusal arrives at a client. */
export async function refusalOf(
  surface: Surface,
  error: AppError,
  method = "POST",
): Promise<{ readonly reply: HttpReply; readonly requestId: string }> {
  const { reply, exchange } = await answerOf({ method, path: "/" }, (exchange) =>
    surface.refuse({ error, requestId: exchange.requestId }, exchange),
  );
  return { reply, requestId: exchange.requestId };
}

/** What a client gets when a server answers its request like this. */
export async function answerOf(
  { method, path }: Omit<SampleRequest, "body">,
  answer: (exchange: Exchange) => void,
): Promise<{ readonly reply: HttpReply; readonly exchange: Exchange }> {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  const server = createServer((request, response) => {
    const exchange = new Exchange(request, response, performance.now());
    resolve(exchange);
    answer(exchange);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const reply = await send(`http://127.0.0.1:${port}${path}`, { method });
    return { reply, exchange: await promise };
  } finally {
    server.close();
  }
}
