import { expect, test } from "vitest";
import { policyJsonSchema } from "./json-schema.ts";
import { documentSchema } from "./schema.ts";

test("the JSON Schema knows the words of a document and refuses others", () => {
  const schema = policyJsonSchema();
  expect(Object.keys(schema.properties ?? {}).sort()).toEqual(
    Object.keys(documentSchema.shape).sort(),
  );
  expect(schema).toMatchObject({
    type: "object",
    additionalProperties: false,
    properties: {
      mode: { enum: ["enforce", "evaluate"], description: expect.any(String) },
      rules: { type: "array", items: { additionalProperties: false } },
    },
  });
});
