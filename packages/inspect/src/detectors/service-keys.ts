/** Keys of chat, mail and payment services. */
import { type Detector, high, rawToken, TOKEN_END, TOKEN_START } from "./detector.ts";

export const SERVICE_DETECTORS: readonly Detector[] = [
  {
    type: "slack_token",
    grams: ["xoxa", "xoxb", "xoxc", "xoxe", "xoxo", "xoxp", "xoxr", "xoxs", "pp-1"],
    raw: /(?:xox[abceoprs][-.]|pp-)(?=[\w.-]{0,16}[0-9])[\w.-]{8}/y,
    pattern: new RegExp(
      `${TOKEN_START}(?:xoxe\\.)?x(?:ox[abceoprs]|app)-(?=[A-Za-z-]{0,16}[0-9])[A-Za-z0-9-]{10,512}`,
      "g",
    ),
    severity: high,
  },
  {
    type: "slack_webhook",
    grams: ["s.sl"],
    raw: /s\.slack\.com/y,
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{20,255}/g,
    severity: high,
  },
  {
    type: "stripe_key",
    grams: ["sk_l", "rk_l", "hsec"],
    raw: /[rs]k_live_\w{16}|hsec_[\w+/\\]{16}/y,
    pattern: new RegExp(
      `${TOKEN_START}(?:[rs]k_live_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/]{32,255}={0,2})`,
      "g",
    ),
    severity: high,
  },
  {
    type: "telegram_token",
    grams: [":AA*", ":AA_", ":AA-"],
    raw: rawToken(":AA"),
    pattern: new RegExp(`${TOKEN_START}[0-9]{8,10}:AA[\\w-]{33}${TOKEN_END}`, "g"),
    severity: high,
  },
  {
    type: "sendgrid_key",
    grams: ["SG.*", "SG._", "SG.-"],
    raw: rawToken("SG\\."),
    pattern: new RegExp(`${TOKEN_START}SG\\.[\\w-]{22}\\.[\\w-]{43}${TOKEN_END}`, "g"),
    severity: high,
  },
];
