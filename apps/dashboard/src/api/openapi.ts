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
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A member's API token, `ylt_…`." },
      },
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
  return {
    operationId: verb.name,
    summary,
    parameters: [...inPath, ...inQuery],
    ...(takesBody(method) && { requestBody: requestBody(verb.input, names) }),
    responses: {
      [status]: {
        description: "Done.",
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
    headers: { "x-request-id": { schema: { type: "string" } } },
    content: { "application/json": { schema: jsonSchema(z.strictObject({ error }), "output") } },
  };
}
