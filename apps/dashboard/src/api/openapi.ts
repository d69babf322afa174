/** The API's description (OpenAPI 3.1), made of the table of routes and the schemas of the verbs. */
import { ERRORS } from "@yolo/core/errors";
import { z } from "zod";
import { takesBody } from "./read-input.ts";
import { ROUTES, type Route } from "./routes.ts";

type JsonObject = { readonly [name: string]: unknown };

/** The whole document. `origin` is where this API is reached. */
export function openApiDocument(origin: string): JsonObject {
  const paths: { [path: string]: { [method: string]: JsonObject } } = {};
  for (const [pattern, route] of Object.entries(ROUTES)) {
    const [method = "", path = ""] = pattern.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(method, path, route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "yologateway",
      version: "1",
      description:
        "Projects, agents, keys, connectors, policies and records of an org. Lists are newest first or by name; a page ends with `nextBefore`, which is the next page's `before`. Money is in micro-dollars, time is RFC 3339 in UTC.",
    },
    servers: [{ url: `${origin}/api/v1` }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "A member's API token, `ylt_…`. The scope that an operation needs stands with it; the token may hold it by name, by its noun (`agents:*`) or by `*`.",
        },
      },
      parameters: { IdempotencyKey: idempotencyKey() },
      headers: answerHeaders(),
      responses: { Error: errorResponseObject() },
    },
  };
}

function operation(method: string, path: string, { verb, summary, status }: Route): JsonObject {
  const names = [...path.matchAll(/\{(.+?)\}/g)].map(([, name = ""]) => name);
  const { properties, ...input } = objectSchema(verb.input);
  const inPath = names.map((name) => parameter("path", name, properties[name], true));
  const rest = Object.entries(properties).filter(([name]) => !names.includes(name));
  const required = new Set(Array.isArray(input.required) ? input.required : []);
  const inQuery = takesBody(method)
    ? []
    : rest.map(([name, schema]) => parameter("query", name, schema, required.has(name)));
  const inHead = method === "GET" ? [] : [{ $ref: "#/components/parameters/IdempotencyKey" }];
  return {
    operationId: verb.name,
    summary,
    security: [{ token: [verb.permission] }],
    parameters: [...inPath, ...inQuery, ...inHead],
    ...(takesBody(method) && { requestBody: requestBody(verb.input, names) }),
    responses: {
      [status]: {
        description: "Done.",
        headers: HEADERS_OF_ANSWERS,
        content: { "application/json": { schema: jsonSchema(verb.output, "output") } },
      },
      default: { $ref: "#/components/responses/Error" },
    },
  };
}

function parameter(place: string, name: string, schema: unknown, required: boolean): JsonObject {
  return { name, in: place, required, schema };
}

/** The verb's input without what stands in the path. */
function requestBody(input: z.ZodType, inPath: readonly string[]): JsonObject {
  const { properties, required, ...rest } = objectSchema(input);
  const schema =
    inPath.length === 0
      ? jsonSchema(input, "input")
      : {
          ...rest,
          properties: Object.fromEntries(
            Object.entries(properties).filter(([name]) => !inPath.includes(name)),
          ),
          required: Array.isArray(required)
            ? required.filter((name) => !inPath.includes(name))
            : [],
        };
  return { required: true, content: { "application/json": { schema } } };
}

/** A schema that is one object; of a union of objects, no properties. */
function objectSchema(schema: z.ZodType): { properties: JsonObject; [name: string]: unknown } {
  const { properties, ...rest } = jsonSchema(schema, "input");
  const isObject = typeof properties === "object" && properties !== null;
  return { ...rest, properties: isObject ? { ...properties } : {} };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

function errorResponseObject(): JsonObject {
  const error = z.strictObject({
    code: z.enum(Object.keys(ERRORS)),
    message: z.string().meta({ description: "What is wrong and what to do next." }),
    facts: z.record(z.string(), z.unknown()).optional(),
    requestId: z.string(),
    docs: z.url(),
  });
  return {
    description: "Refused or failed; nothing was changed unless the message says otherwise.",
    headers: { ...HEADERS_OF_ANSWERS, "retry-after": { $ref: "#/components/headers/RetryAfter" } },
    content: { "application/json": { schema: jsonSchema(z.strictObject({ error }), "output") } },
  };
}

const HEADERS_OF_ANSWERS = {
  "x-request-id": { $ref: "#/components/headers/RequestId" },
  "ratelimit-policy": { $ref: "#/components/headers/RateLimitPolicy" },
  ratelimit: { $ref: "#/components/headers/RateLimit" },
  "idempotent-replayed": { $ref: "#/components/headers/IdempotentReplayed" },
} as const;

function answerHeaders(): JsonObject {
  const header = (description: string, schema: JsonObject = { type: "string" }) => ({
    ...{ description, schema },
  });
  return {
    RequestId: header("Finds the request in our logs, and what it changed in the audit."),
    RateLimitPolicy: header('How many requests a minute are answered: `"minute";q=1200;w=60`.'),
    RateLimit: header('How many are left, and the seconds until all are: `"minute";r=1199;t=60`.'),
    IdempotentReplayed: header("The answer is that of an earlier request with the same key.", {
      const: "true",
    }),
    RetryAfter: header("After so many seconds trying again makes sense.", { type: "integer" }),
  };
}

function idempotencyKey(): JsonObject {
  return {
    ...{ name: "Idempotency-Key", in: "header", required: false },
    description:
      "Does it once: the same request with the same key gets the first answer again for 24 hours.",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
  };
}
