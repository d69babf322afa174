import { Validator } from "@seriousme/openapi-schema-validator";
import { ERRORS } from "@yolo/core/errors";
import { expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "./openapi.ts";
import { ROUTES } from "./routes.ts";

const text = JSON.stringify(openApiDocument("https://app.example.com"));
/** A reference names what it leads to. */
const parameter = z.union([
  z.object({ name: z.string(), in: z.string(), required: z.boolean() }),
  z.strictObject({ $ref: z.string() }).transform(({ $ref }) => ({
    ...{ name: $ref.split("/").at(-1) ?? "", in: "header", required: false },
  })),
]);
const document = z
  .object({
    servers: z.array(z.object({ url: z.string() })),
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          operationId: z.string(),
          security: z.array(z.record(z.string(), z.array(z.string()))),
          parameters: z.array(parameter),
          requestBody: z.unknown().optional(),
          responses: z.record(z.string(), z.unknown()),
        }),
      ),
    ),
  })
  .parse(JSON.parse(text));

test("the description is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(text));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("it describes every route and no other, each once", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(Object.keys(ROUTES).sort());
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("what stands in a path is a parameter and not asked for again in the body", () => {
  const publish = document.paths["/policies/{id}/versions"]?.post;
  expect(publish?.parameters).toMatchObject([
    { name: "id", in: "path", required: true },
    { name: "IdempotencyKey" },
  ]);
  const body = JSON.stringify(publish?.requestBody);
  expect(body).toContain('"required":["base","text","message"]');
  expect(body).not.toContain('"id"');
});

test("a list says what may be asked of it", () => {
  const list = document.paths["/records"]?.get;
  expect(list?.parameters.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["limit", "before", "session"]),
  );
  expect(list?.parameters.every((parameter) => !parameter.required)).toBe(true);
});

test("every error code is named, and the server is where it was asked", () => {
  for (const code of Object.keys(ERRORS)) expect(text).toContain(`"${code}"`);
  expect(document.servers).toEqual([{ url: "https://app.example.com/api/v1" }]);
});

test("every operation names the scope that it needs, and every write takes an Idempotency-Key", () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  for (const { path, method, operation } of operations) {
    const route = Object.entries(ROUTES).find(
      ([name]) => name === `${method.toUpperCase()} ${path}`,
    );
    expect(operation.security).toEqual([{ token: [route?.[1].verb.permission] }]);
    const takesKey = operation.parameters.some(({ name }) => name === "IdempotencyKey");
    expect(takesKey, `${method} ${path}`).toBe(method !== "get");
  }
});

test("a PATCH takes a body without what stands in its path", () => {
  const body = JSON.stringify(document.paths["/projects/{id}"]?.patch?.requestBody);
  expect(body).toContain('"captureLevel"');
  expect(body).not.toContain('"id"');
});
