/** As much of a browser as sign-in sees: cookies, and the headers by which it says who asks. */
import type { ApiServer } from "./api-server.ts";

export interface Answer {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
  readonly error: { readonly code?: string; readonly message?: string };
  readonly headers: Headers;
  readonly tookMs: number;
}

export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every `set-cookie` line that came, newest last. */
  readonly setCookies: string[] = [];
  readonly #api: ApiServer;
  readonly #headers: { readonly [name: string]: string };

  /** `headers` are sent with every request, in place of a browser's own where they are alike. */
  constructor(api: ApiServer, headers: { readonly [name: string]: string } = {}) {
    this.#api = api;
    this.#headers = { "sec-fetch-site": "same-origin", ...headers };
  }

  /** An endpoint of people: `post("/sign-in", …)`. */
  post(path: string, body: object, headers = {}): Promise<Answer> {
    return this.send("POST", `/api/auth${path}`, { body, headers });
  }

  /** The public API as a member of the org. */
  inOrg(org: string, method: string, path: string, body?: object): Promise<Answer> {
    const headers = { "yolo-org": org };
    return this.send(method, `/api/v1${path}`, { headers, ...(body && { body }) });
  }

  async send(
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: object; readonly headers?: object },
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const startedAt = performance.now();
    const response = await fetch(`${this.#api.origin}${path}`, {
      method,
      headers: {
        ...this.#headers,
        ...(cookie !== "" && { cookie }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const tookMs = performance.now() - startedAt;
    this.#keep(response.headers.getSetCookie());
    const json = await response.json();
    const { status } = response;
    return { status, body: json, error: json.error ?? {}, headers: response.headers, tookMs };
  }

  #keep(lines: readonly string[]): void {
    this.setCookies.push(...lines);
    for (const line of lines) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
