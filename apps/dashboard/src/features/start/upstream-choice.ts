/** Which upstreams a member can choose on the start page, and what choosing one takes. */
import type { Output } from "../../data/api.ts";
import type { Upstream } from "./blocks.ts";

type Connector = Output<"GET /connectors">["data"][number];

/** What must happen before calls of live keys go there. */
export type Preparation =
  | { readonly kind: "nothing" }
  | { readonly kind: "add"; readonly replaces: string | null }
  | {
      readonly kind: "make_default";
      readonly connector: Connector;
      readonly replaces: string | null;
    };

export function preparationFor(upstream: Upstream, connectors: readonly Connector[]): Preparation {
  if (upstream === "test_model") return { kind: "nothing" };
  const live = connectors.filter(({ archivedAt }) => archivedAt === null);
  const present = live.find(({ isDefault }) => isDefault);
  if (present?.mode === upstream) return { kind: "nothing" };
  const replaces = present?.name ?? null;
  const connector = live.find(({ mode }) => mode === upstream);
  return connector === undefined
    ? { kind: "add", replaces }
    : { kind: "make_default", connector, replaces };
}

/** The kind of agent key that reaches it. */
export function keyKind(upstream: Upstream): "live" | "test" {
  return upstream === "test_model" ? "test" : "live";
}
