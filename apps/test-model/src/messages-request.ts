/** The body of a Messages call: what must be there is checked, whatever else is there passes. */
import { z } from "zod";
import { ApiError } from "./api-error.ts";

const text = z.string();

/** Content block type → the fields it cannot be without. Other types pass unread. */
const REQUIRED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  text: ["text"],
  thinking: ["thinking", "signature"],
  tool_use: ["id", "name", "input"],
  tool_result: ["tool_use_id"],
};

const block = z
  .looseObject({
    type: z.string(),
    text: text.optional(),
    thinking: text.optional(),
    signature: text.optional(),
    id: text.optional(),
    name: text.optional(),
    tool_use_id: text.optional(),
    is_error: z.boolean().nullish(),
    content: z.unknown().optional(),
  })
  .superRefine((value, context) => {
    for (const field of REQUIRED_FIELDS[value.type] ?? []) {
      if (value[field] === undefined) {
        context.addIssue({ code: "custom", path: [field], message: "Field required" });
      }
    }
  });

const message = z.looseObject({
  role: z.enum(["user", "assistant", "system"]),
  content: z.union([z.string(), z.array(block)]),
});

const countTokensRequest = z.looseObject({
  model: z.string().min(1, "String should have at least 1 character"),
  messages: z.array(message).min(1, "at least one message is required"),
  system: z.union([z.string(), z.array(block)]).optional(),
  tools: z.array(z.looseObject({ name: z.string().optional() })).optional(),
});

const outputFormat = z.looseObject({ type: z.string(), schema: z.unknown().optional() });

const messagesRequest = countTokensRequest.extend({
  max_tokens: z.int().min(1, "must be greater than or equal to 1"),
  stream: z.boolean().nullish(),
  output_config: z.looseObject({ format: outputFormat.nullish() }).nullish(),
});

export type ContentBlock = z.output<typeof block>;
export type Message = z.output<typeof message>;
export type CountTokensRequest = z.output<typeof countTokensRequest>;
export type MessagesRequest = z.output<typeof messagesRequest>;

/** A valid body of `POST /v1/messages`. Throws 400 that names the first bad field. */
export function parseMessagesRequest(body: unknown): MessagesRequest {
  return parseWith(messagesRequest, body);
}

/** A valid body of `POST /v1/messages/count_tokens`. Throws 400 that names the first bad field. */
export function parseCountTokensRequest(body: unknown): CountTokensRequest {
  return parseWith(countTokensRequest, body);
}

function parseWith<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body, {
    error: (issue) => (issue.input === undefined ? "Field required" : undefined),
  });
  if (result.success) return result.data;
  const { path, message } = firstIssue(result.error.issues);
  throw new ApiError(400, `${path.join(".") || "body"}: ${message}`);
}

/** The first thing that is wrong; where several forms were tried, the one that got furthest tells. */
function firstIssue(issues: readonly z.core.$ZodIssue[]): {
  path: readonly PropertyKey[];
  message: string;
} {
  const [issue] = issues;
  if (issue === undefined) return { path: [], message: "Invalid input" };
  if (issue.code !== "invalid_union") return issue;
  const tried = issue.errors.map(firstIssue).toSorted((a, b) => b.path.length - a.path.length);
  const [best] = tried;
  if (best === undefined) return issue;
  return { path: [...issue.path, ...best.path], message: best.message };
}
