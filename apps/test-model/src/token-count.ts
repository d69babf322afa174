/** The test model's tokens: four bytes of UTF-8 each, rounded up. Usage can thus be foretold from the text. */
import type { CountTokensRequest } from "./messages-request.ts";

const BYTES_PER_TOKEN = 4;

/** Tokens of so many bytes. */
export function tokensOf(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** The most bytes that count as so many tokens. */
export function bytesOf(tokens: number): number {
  return tokens * BYTES_PER_TOKEN;
}

/** Input tokens: the compact JSON of `[system, messages, tools]`, absent ones as null. */
export function countInputTokens({ system, messages, tools }: CountTokensRequest): number {
  return tokensOf(
    Buffer.byteLength(JSON.stringify([system ?? null, messages, tools ?? null]), "utf8"),
  );
}
