"use client";

/** Makes what a first call needs: the connector where one is missing, then project, agent and key in one step. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError, call, type Input, type Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { MODES } from "../connectors/connector-words.ts";
import type { Upstream } from "./blocks.ts";
import { keyKind, type Preparation } from "./upstream-choice.ts";

export interface Wish {
  readonly upstream: Upstream;
  readonly preparation: Preparation;
  /** The org's key for the provider, where a connector that keeps one is added. */
  readonly credential: string;
  readonly agent: Omit<Input<"POST /onboarding">, "kind">;
}

export interface Connected {
  readonly upstream: Upstream;
  readonly made: Output<"POST /onboarding">;
  /** What the connector's test found wrong, though the key itself was not refused. */
  readonly warning: string | null;
}

export function useConnect(onConnected: (connected: Connected) => void) {
  const { slug } = useOrg();
  const client = useQueryClient();
  return useMutation<Connected, ApiError, Wish>({
    async mutationFn({ upstream, preparation, credential, agent }) {
      const warning = await prepare(slug, upstream, preparation, credential);
      const made = await call(slug, "POST /onboarding", { ...agent, kind: keyKind(upstream) });
      return { upstream, made, warning };
    },
    onSuccess: onConnected,
    onSettled: () => client.invalidateQueries({ queryKey: [slug] }),
  });
}

/** What the connector's test warns of. Throws when the provider refuses the key: then no connector is left. */
async function prepare(
  org: string,
  upstream: Upstream,
  preparation: Preparation,
  credential: string,
): Promise<string | null> {
  if (preparation.kind === "nothing" || upstream === "test_model") return null;
  if (preparation.kind === "make_default") {
    await call(org, "POST /connectors/{id}/default", { id: preparation.connector.id });
    return null;
  }
  const shared = { name: MODES[upstream].name, provider: "anthropic", isDefault: true } as const;
  const added = await call(
    org,
    "POST /connectors",
    upstream === "vaulted"
      ? { ...shared, mode: upstream, credential }
      : { ...shared, mode: upstream },
  );
  const test = await call(org, "POST /connectors/{id}/test", { id: added.id });
  if (test.ok) return null;
  if (test.problem !== "wrong_credential") return test.message;
  await call(org, "DELETE /connectors/{id}", { id: added.id, confirm: added.name });
  throw refusedKey(test.message);
}

function refusedKey(message: string): ApiError {
  return new ApiError({
    ...{ code: "invalid_input", message, requestId: "", docs: undefined, status: 422 },
    facts: { issues: [{ field: "credential", message }] },
  });
}
