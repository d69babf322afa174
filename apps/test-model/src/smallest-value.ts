/** A value that fits a JSON schema, always the same one: what the test model answers where JSON is asked for. */

/**
 * Fits schemas of `type`, `properties`, `required`, `enum`, `const` and `anyOf`, as structured outputs allow
 * them: the first of a choice, every required property, an empty list, `"test"`, 0, false.
 */
export function smallestValue(schema: unknown): unknown {
  if (!isRecord(schema)) return null;
  const { const: only, enum: choices, anyOf: forms, type } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(choices)) return choices[0];
  if (Array.isArray(forms)) return smallestValue(forms[0]);
  switch (Array.isArray(type) ? type[0] : type) {
    case "object":
      return smallestObject(schema);
    case "array":
      return [];
    case "string":
      return "test";
    case "integer":
    case "number":
      return 0;
    case "boolean":
      return false;
    default:
      return null;
  }
}

function smallestObject({ properties, required }: Readonly<Record<string, unknown>>): object {
  if (!isRecord(properties) || !Array.isArray(required)) return {};
  const entries = required.map((name) => [String(name), smallestValue(properties[String(name)])]);
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
