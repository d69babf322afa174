/** Requests with a number left open, so that no two calls of a run carry the same bytes or belong to one session. */

export interface RequestTemplate {
  readonly path: string;
  /** Values may hold `NUMBER`. */
  readonly headers: Readonly<Record<string, string>>;
  /** May hold `NUMBER`. */
  readonly body: string;
}

/** Stands where the number goes, and is as long as it: lengths stay as they are. */
export const NUMBER = "@@@number@@@";

/** Twelve digits that no other call of the bench has: `run` and `lane` < 1,000, `call` < 1,000,000. */
export function numberOf(run: number, lane: number, call: number): string {
  return `${digits(run, 3)}${digits(lane, 3)}${digits(call, 6)}`;
}

function digits(value: number, length: number): string {
  return String(value % 10 ** length).padStart(length, "0");
}

/** The request's head and body as they go over the wire. */
export function wireText(template: RequestTemplate): string {
  const headers = {
    ...template.headers,
    "content-length": String(Buffer.byteLength(template.body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${template.path} HTTP/1.1\r\n${lines.join("")}\r\n${template.body}`;
}
