/** The public API as a member's script uses it, with the parts of its answers that the journeys look at. */
import { expect } from "@playwright/test";
import { send } from "@yolo/testkit/http-client";

export interface Rule {
  readonly id: string;
  readonly line: number;
  readonly effect: string;
}

export interface Outcome {
  readonly outcome: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly latencyMs: number | null;
  readonly model: string | null;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly metering: string;
  } | null;
  readonly costMicros: number | null;
  readonly priceTable: string | null;
}

export interface RecordView {
  readonly id: string;
  readonly open: boolean;
  readonly surface: string;
  readonly verb: string;
  readonly resource: string;
  readonly decision: string;
  readonly explanation: string;
  readonly rules: readonly Rule[];
  readonly findings: readonly {
    readonly type: string;
    readonly place: string;
    readonly handling: string;
  }[];
  readonly agent: { readonly id: string; readonly name: string };
  readonly user: { readonly email: string | null };
  readonly session: { readonly id: string; readonly clientSession: string | null };
  readonly subagent: string | null;
  readonly outcome: Outcome | null;
}

export interface RecordWithPayloads extends RecordView {
  readonly payloads: readonly { readonly part: string; readonly content: string }[] | null;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** How the API says no. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
  /** Where the code is explained. */
  readonly docs: string;
}

export interface Api {
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The error that a GET of this path is answered with. */
  error(path: string): Promise<ApiError>;
  /** The record with this id, once it is closed. */
  closedRecord(id: string): Promise<RecordWithPayloads>;
  /** The records of a session, oldest first, by our id of it or the client's, once all are closed. */
  closedRecords(session: string): Promise<readonly RecordView[]>;
}

/** An outcome is written after the last byte; nobody waits for it but we. */
const SETTLED_MS = 10_000;

export function connectApi(dashboard: string, token: string): Api {
  const headers = [["authorization", `Bearer ${token}`]] as const;

  async function ask(method: string, path: string, body?: object): Promise<Answer> {
    const given = { method, headers, ...(body !== undefined && { body }) };
    const reply = await send(`${dashboard}/api/v1${path}`, given);
    return { status: reply.status, body: reply.json() };
  }

  async function read<Body>(path: string): Promise<Body> {
    const reply = await send(`${dashboard}/api/v1${path}`, { headers });
    expect(reply.status, reply.text()).toBe(200);
    return JSON.parse(reply.text());
  }

  async function readError(path: string): Promise<ApiError> {
    const reply = await send(`${dashboard}/api/v1${path}`, { headers });
    expect(reply.status, reply.text()).toBeGreaterThanOrEqual(400);
    return JSON.parse(reply.text()).error;
  }

  return {
    get: (path) => ask("GET", path),
    post: (path, body) => ask("POST", path, body),
    delete: (path) => ask("DELETE", path),
    error: readError,
    async closedRecord(id) {
      let record = await read<RecordWithPayloads>(`/records/${id}`);
      await expect(async () => {
        record = await read(`/records/${id}`);
        expect(record.open).toBe(false);
      }).toPass({ timeout: SETTLED_MS });
      return record;
    },
    async closedRecords(session) {
      const path = `/records?limit=200&session=${encodeURIComponent(session)}`;
      let records: readonly RecordView[] = [];
      await expect(async () => {
        records = (await read<{ data: readonly RecordView[] }>(path)).data;
        expect(records.filter(({ open }) => open)).toEqual([]);
      }).toPass({ timeout: SETTLED_MS });
      return records.toReversed();
    },
  };
}
