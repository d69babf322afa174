/** A secret's place in the bytes, and what stands there once it is replaced. */
import type { Severity } from "@yolo/core/finding";
import type { Span } from "./json.ts";

export interface SecretSpan extends Span {
  /** `anthropic_key`, `agent_key`, … */
  readonly type: string;
  readonly severity: Severity;
}

/**
 * A copy of `bytes` within `range`, each of `secrets` replaced by `[secret:<type>]`: the same secret always by the
 * same text, so that a provider's cache of a conversation keeps working. `secrets` are in order and inside `range`.
 */
export function replaceSpans(bytes: Buffer, range: Span, secrets: readonly SecretSpan[]): Buffer {
  const parts: Buffer[] = [];
  let position = range.start;
  for (const secret of secrets) {
    parts.push(bytes.subarray(position, secret.start), placeholder(secret.type));
    position = secret.end;
  }
  parts.push(bytes.subarray(position, range.end));
  return Buffer.concat(parts);
}

const placeholders = new Map<string, Buffer>();

function placeholder(type: string): Buffer {
  const known = placeholders.get(type);
  if (known !== undefined) return known;
  const made = Buffer.from(`[secret:${type}]`);
  placeholders.set(type, made);
  return made;
}
