/** `GET /v1/models` and `/v1/models/{id}`: one plain model, and one for each magic input that needs no argument. */
import type { ModelInfo } from "@anthropic-ai/sdk/resources/models";
import { z } from "zod";
import { ApiError } from "./api-error.ts";
import type { Exchange } from "./exchange.ts";
import { MAGIC_MODELS, modelDirective } from "./read-plan.ts";

/** The models that are listed. Any name that does not begin with `test-` is answered as well. */
export const MODELS: readonly string[] = ["claude-test", ...MAGIC_MODELS];

const page = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(20),
  after_id: z.string().optional(),
  before_id: z.string().optional(),
});

/** One page, as the Anthropic API pages: `limit`, `after_id`, `before_id`. */
export function listModels(exchange: Exchange): void {
  const query = page.safeParse(Object.fromEntries(exchange.query));
  if (!query.success) throw new ApiError(400, z.prettifyError(query.error));
  const { limit, after_id, before_id } = query.data;
  const start = after_id === undefined ? 0 : position(after_id) + 1;
  const end = before_id === undefined ? MODELS.length : position(before_id);
  const rest = MODELS.slice(start, end);
  const ids = before_id === undefined ? rest.slice(0, limit) : rest.slice(-limit);
  exchange.sendJson({
    data: ids.map(modelInfo),
    has_more: rest.length > limit,
    first_id: ids.at(0) ?? null,
    last_id: ids.at(-1) ?? null,
  });
}

/** One model by its id. */
export function showModel(exchange: Exchange, id: string): void {
  if (id.startsWith("test-")) modelDirective(id);
  exchange.sendJson(modelInfo(id));
}

function position(id: string): number {
  const index = MODELS.indexOf(id);
  if (index < 0) throw new ApiError(400, `\`${id}\` is not the id of a listed model`);
  return index;
}

function modelInfo(id: string): ModelInfo {
  return {
    type: "model",
    id,
    display_name: `Test model (${id})`,
    created_at: "2026-01-01T00:00:00Z",
    capabilities: null,
    deprecated_at: null,
    lifecycle: "active",
    line: null,
    max_input_tokens: null,
    max_tokens: null,
    retires_at: null,
  };
}
