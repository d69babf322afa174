/** Keys of model providers. */
import { type Detector, high, rawToken, TOKEN_END, TOKEN_START } from "./detector.ts";

/** Not within a word (`task-…`) unless an escape may end just before, and not before words without a digit. */
const RAW_SK =
  /sk-(?=[\w-]{16})(?=[\w-]{0,64}[0-9])(?:(?=ant-|or-)|(?<![A-Za-z0-9]sk-)|(?<=[\\%].{0,15}sk-))/y;
/** A random key has a digit early on; a name made of words has none. */
const WITH_DIGIT = "(?=[A-Za-z_-]{0,64}[0-9])";

export const MODEL_PROVIDER_DETECTORS: readonly Detector[] = [
  {
    type: "anthropic_key",
    grams: ["sk-*"],
    raw: RAW_SK,
    pattern: new RegExp(
      `sk-ant-[a-z]{2,12}[0-9]{2}-[\\w-]{20,1024}|${TOKEN_START}sk-ant-${WITH_DIGIT}[\\w-]{16,1024}`,
      "g",
    ),
    severity: high,
  },
  {
    type: "openrouter_key",
    grams: ["sk-*"],
    raw: RAW_SK,
    pattern: /sk-or-v[0-9]-[A-Za-z0-9]{32,256}/g,
    severity: high,
  },
  {
    type: "openai_key",
    grams: ["sk-*"],
    raw: RAW_SK,
    pattern: new RegExp(
      `${TOKEN_START}sk-(?:(?:proj|svcacct|admin|None)-${WITH_DIGIT}[\\w-]{20,1024}|${WITH_DIGIT}[A-Za-z0-9]{32,256})`,
      "g",
    ),
    severity: high,
  },
  {
    type: "google_api_key",
    grams: ["AIza"],
    raw: rawToken("AIza"),
    pattern: new RegExp(`${TOKEN_START}AIza[\\w-]{35}${TOKEN_END}`, "g"),
    severity: high,
  },
  {
    type: "huggingface_token",
    grams: ["hf_*"],
    raw: rawToken("hf_"),
    pattern: new RegExp(`${TOKEN_START}hf_[A-Za-z0-9]{34,64}${TOKEN_END}`, "g"),
    severity: high,
  },
  {
    type: "groq_key",
    grams: ["gsk_"],
    raw: rawToken("gsk_"),
    pattern: new RegExp(`${TOKEN_START}gsk_[A-Za-z0-9]{40,64}${TOKEN_END}`, "g"),
    severity: high,
  },
  {
    type: "xai_key",
    grams: ["xai-"],
    raw: rawToken("xai-"),
    pattern: new RegExp(`${TOKEN_START}xai-[A-Za-z0-9]{64,128}${TOKEN_END}`, "g"),
    severity: high,
  },
];
