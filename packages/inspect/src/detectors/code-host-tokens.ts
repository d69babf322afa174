/** Tokens of code hosts and package registries. */
import { type Detector, high, rawToken, TOKEN_END, TOKEN_START } from "./detector.ts";

const GITLAB_PREFIX = "gl(?:pat|rt|dt|ptt|cbt)";

export const CODE_HOST_DETECTORS: readonly Detector[] = [
  {
    type: "github_token",
    grams: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "ub_p"],
    raw: rawToken("gh[pousr]_|ub_pat_"),
    pattern: new RegExp(
      `github_pat_[A-Za-z0-9_]{22,255}|${TOKEN_START}gh[pousr]_(?:[A-Za-z0-9]{36,255}|[A-Za-z0-9]{1,32}_eyJ[\\w.-]{20,2048})`,
      "g",
    ),
    severity: high,
  },
  {
    type: "gitlab_token",
    grams: ["glpa", "glrt", "gldt", "glpt", "glcb"],
    raw: rawToken(`${GITLAB_PREFIX}-`),
    pattern: new RegExp(
      `${TOKEN_START}${GITLAB_PREFIX}-[\\w-]{20,300}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{9})?`,
      "g",
    ),
    severity: high,
  },
  {
    type: "npm_token",
    grams: ["npm_"],
    raw: rawToken("npm_"),
    pattern: new RegExp(`${TOKEN_START}npm_[A-Za-z0-9]{36}${TOKEN_END}`, "g"),
    severity: high,
  },
  {
    type: "pypi_token",
    grams: ["ypi-"],
    raw: rawToken("ypi-"),
    pattern: new RegExp(`${TOKEN_START}pypi-AgE[\\w-]{50,1024}`, "g"),
    severity: high,
  },
];
