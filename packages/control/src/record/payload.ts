/** What was captured of a request or a reply, as given outside. */
import type { OpenedPayload } from "@yolo/ledger/read-payload";
import { z } from "zod";
import { showMoment, shownMoment } from "../fields.ts";
import { Turn, turnsOf } from "./turns.ts";

export const Payload = z.strictObject({
  part: z.enum(["request", "reply"]),
  at: shownMoment(),
  /** `base64` where the bytes are not text. */
  encoding: z.enum(["utf8", "base64"]),
  content: z.string(),
  /** The same as a conversation; null where it is none. */
  turns: z.array(Turn).nullable(),
});

export function showPayload({ part, at, bytes }: OpenedPayload): z.output<typeof Payload> {
  const text = bytes.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(bytes);
  return {
    part,
    at: showMoment(at),
    ...(isText
      ? { encoding: "utf8", content: text, turns: turnsOf(text) }
      : { encoding: "base64", content: bytes.toString("base64"), turns: null }),
  };
}
