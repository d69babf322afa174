/** Our own agent keys and member tokens: they open this gateway and are never for a provider's eyes. */
import { tokenKind } from "@yolo/core/token-form";
import { type Detector, high, rawToken, TOKEN_START } from "./detector.ts";

/**
 * Whatever follows the prefix and is long enough is replaced, also with a wrong checksum or length: a mistyped key is
 * nearly a key. The checksum only tells how sure we are.
 */
export const AGENT_KEY_DETECTORS: readonly Detector[] = [
  {
    type: "agent_key",
    grams: ["ylg_", "ylt_"],
    raw: rawToken("yl(?:t|g_(?:live|test))_"),
    pattern: new RegExp(
      `ylg_(?:live|test)_[A-Za-z0-9]{32,256}|${TOKEN_START}ylt_[A-Za-z0-9]{32,256}`,
      "g",
    ),
    severity: (token) => (tokenKind(token) !== null ? high() : "medium"),
  },
];
