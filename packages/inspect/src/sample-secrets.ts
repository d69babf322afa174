/** Secrets of every kind we know, made up at random: what tests and the bench look for. */
import { crc32 } from "node:zlib";
import fc from "fast-check";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS = "0123456789";
const ALPHANUMERIC = `${DIGITS}${UPPER}${UPPER.toLowerCase()}`;

function characters(alphabet: string, length: number): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.constantFrom(...alphabet),
    minLength: length,
    maxLength: length,
  });
}

/** Random characters that hold a digit where a detector wants one, as all but one in 10⁵ real keys do. */
function token(prefix: string, alphabet: string, length: number): fc.Arbitrary<string> {
  return characters(alphabet, length - 1).map((rest) => `${prefix}7${rest}`);
}

function agentKey(prefix: string): fc.Arbitrary<string> {
  return characters(ALPHANUMERIC, 43).map((random) => {
    const body = prefix + random;
    let rest = crc32(body);
    let checksum = "";
    for (let digit = 0; digit < 6; digit++) {
      checksum = ALPHABET_62.charAt(rest % 62) + checksum;
      rest = Math.floor(rest / 62);
    }
    return body + checksum;
  });
}

const ALPHABET_62 = ALPHANUMERIC;

const pem = fc
  .tuple(
    fc.constantFrom("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "),
    fc.array(characters(`${ALPHANUMERIC}+/`, 64), { minLength: 1, maxLength: 40 }),
    characters(ALPHANUMERIC, 22),
  )
  .map(([label, lines, last]) =>
    [
      `-----BEGIN ${label}PRIVATE KEY-----`,
      ...lines,
      `${last}==`,
      `-----END ${label}PRIVATE KEY-----`,
    ].join("\n"),
  );

/** By type of finding. */
export const SAMPLE_SECRETS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  agent_key: fc.oneof(agentKey("ylg_live_"), agentKey("ylg_test_"), agentKey("ylt_")),
  anthropic_key: fc.oneof(
    token("sk-ant-api03-", `${ALPHANUMERIC}_-`, 95),
    token("sk-ant-oat01-", `${ALPHANUMERIC}_-`, 95),
  ),
  openai_key: fc.oneof(
    token("sk-proj-", `${ALPHANUMERIC}_-`, 120),
    token("sk-svcacct-", `${ALPHANUMERIC}_-`, 120),
    token("sk-", ALPHANUMERIC, 48),
  ),
  openrouter_key: characters("0123456789abcdef", 64).map((hex) => `sk-or-v1-${hex}`),
  google_api_key: characters(`${ALPHANUMERIC}_-`, 35).map((rest) => `AIza${rest}`),
  huggingface_token: characters(ALPHANUMERIC, 34).map((rest) => `hf_${rest}`),
  groq_key: characters(ALPHANUMERIC, 52).map((rest) => `gsk_${rest}`),
  xai_key: characters(ALPHANUMERIC, 80).map((rest) => `xai-${rest}`),
  aws_access_key: fc
    .tuple(fc.constantFrom("AKIA", "ASIA"), characters(`${UPPER}234567`, 16))
    .map(([prefix, rest]) => prefix + rest),
  github_token: fc.oneof(
    ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((prefix) => token(prefix, ALPHANUMERIC, 36)),
    token("github_pat_", `${ALPHANUMERIC}_`, 82),
  ),
  gitlab_token: token("glpat-", `${ALPHANUMERIC}_-`, 20),
  npm_token: characters(ALPHANUMERIC, 36).map((rest) => `npm_${rest}`),
  pypi_token: characters(`${ALPHANUMERIC}_-`, 150).map((rest) => `pypi-AgEIcHlwaS5vcmc${rest}`),
  slack_token: fc
    .tuple(fc.constantFrom("xoxb", "xoxp"), characters(DIGITS, 12), characters(ALPHANUMERIC, 24))
    .map((parts) => parts.join("-")),
  slack_webhook: characters(ALPHANUMERIC, 24).map(
    (rest) => `hooks.slack.com/services/T00000000/B00000000/${rest}`,
  ),
  stripe_key: fc.oneof(token("sk_live_", ALPHANUMERIC, 24), token("rk_live_", ALPHANUMERIC, 99)),
  telegram_token: fc
    .tuple(characters("123456789", 10), characters(`${ALPHANUMERIC}_-`, 33))
    .map(([id, rest]) => `${id}:AA${rest}`),
  sendgrid_key: fc
    .tuple(characters(`${ALPHANUMERIC}_-`, 22), characters(`${ALPHANUMERIC}_-`, 43))
    .map(([id, rest]) => `SG.${id}.${rest}`),
  private_key: pem,
};

/** A secret access key: found only beside its id or under its name. */
export const AWS_SECRET: fc.Arbitrary<string> = characters(`${ALPHANUMERIC}/+`, 37).map(
  (rest) => `aB3${rest}`,
);
