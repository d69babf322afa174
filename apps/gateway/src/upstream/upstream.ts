/** The upstream of one admitted call: where to, with what credential, through which guarded connection. */
import type { Dispatcher } from "undici";

export interface Upstream {
  /** `https://api.anthropic.com`; no trailing slash. A connector's base path, if any, stands in `basePath`. */
  readonly origin: string;
  /** Empty, or `/prefix` without a trailing slash; goes before the path of the request. */
  readonly basePath: string;
  readonly dispatcher: Dispatcher;
  /** The credential's headers, `[name, value]` each; they replace whatever the client sent under those names. */
  readonly credentialHeaders: readonly (readonly [name: string, value: string])[];
}
