/** The calls of the bench, apart from the long conversation. */
import { NUMBER } from "../request.ts";

const MODEL = "claude-sonnet-4-5";
/** Denied by the policy of the bench's org. */
const REFUSED_MODEL = "claude-opus-4-1";
const SMALL_BYTES = 1_024;

const SENTENCE =
  "Summarise the change below in one sentence for the release notes, and say whether it needs a migration. ";

/** A small call without a session of its own: one kilobyte, to the byte. */
export const smallCall: string = small({ model: MODEL });

export const refusedCall: string = small({ model: REFUSED_MODEL });

export const streamedCall: string = small({ model: MODEL, stream: true });

function small(fields: { readonly model: string; readonly stream?: boolean }): string {
  const body = (text: string) =>
    JSON.stringify({
      ...fields,
      max_tokens: 1_024,
      system: "You are a careful release engineer.",
      messages: [{ role: "user", content: `Change ${NUMBER}. ${text}` }],
    });
  const room = SMALL_BYTES - body("").length;
  return body(SENTENCE.repeat(Math.ceil(room / SENTENCE.length)).slice(0, room));
}
