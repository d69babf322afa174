/** Facts and arguments as a person types them: a JSON object, or nothing. */
import type { Json } from "@yolo/core/action";

interface JsonObject {
  [name: string]: Json;
}

/** The object; or what is wrong with the text. */
export function readJsonObject(text: string): { value: JsonObject } | { problem: string } {
  if (text.trim() === "") return { value: {} };
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? { value: { ...value } } : { problem: "Write an object: { … }" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "This is not JSON." };
  }
}

/** `a, b c` → a, b, c. */
export function readWords(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
