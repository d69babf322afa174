/** The JSON Schema of a policy document, for editors: made from the definition that also reads the documents. */
import * as z from "zod";
import { documentSchema } from "./schema.ts";

/** JSON Schema (draft 2020-12) of one document. */
export function policyJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    title: "yologateway policy",
    ...z.toJSONSchema(documentSchema, { target: "draft-2020-12", io: "input" }),
  };
}
