/** A batch as `org.admit_2` and `org.settle_2` take it: JSON, and beside it the sealed payloads as the bytes they are. */
import { storable } from "@yolo/core/text";

export interface EncodedBatch {
  /** The items in order; instead of its payload each names a place in `payloads`. */
  readonly json: string;
  /** One payload behind the other; null when no item has one. */
  readonly payloads: Buffer | null;
}

export function encodeBatch<Item extends { readonly payload: Uint8Array | null }>(
  items: readonly Item[],
): EncodedBatch {
  const payloads: Uint8Array[] = [];
  let payloadFrom = 1;
  const rows = items.map((item) => {
    const { payload } = item;
    if (payload === null) return item;
    const row = { ...item, payload: undefined, payloadFrom, payloadBytes: payload.length };
    payloads.push(payload);
    payloadFrom += payload.length;
    return row;
  });
  return {
    json: storableJson(rows),
    payloads: joined(payloads),
  };
}

/** One alone is not copied: it may be large. */
function joined(payloads: readonly Uint8Array[]): Buffer | null {
  const [first] = payloads;
  if (first === undefined) return null;
  return payloads.length === 1 && first instanceof Buffer ? first : Buffer.concat(payloads);
}

/** JSON that Postgres stores: a NUL or a lone surrogate in one call must not fail the batch. */
function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  // JSON.stringify escapes both, so that a look at the text finds them without walking the values.
  if (!json.includes("\\u0000") && !json.includes("\\ud")) return json;
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" ? storable(inner) : inner,
  );
}
