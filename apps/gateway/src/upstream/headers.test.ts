import { mintToken } from "@yolo/identity/token";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forwardedHeaders } from "./headers.ts";

const IDENTITY = [
  ...["x-user-uid", "x-user-scope", "x-user-org", "x-user", "x-userid", "x-user-email", "x-org"],
  ...["x-org-id", "x-organization", "x-scope", "x-scopes", "x-forwarded-for", "x-forwarded-user"],
  ...["x-forwarded-host", "x-forwarded-proto", "x-forwarded-client-cert", "forwarded", "via"],
  ...["x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip", "x-original-url"],
  ...["x-original-forwarded-for", "x-rewrite-url", "x-remote-user", "remote-user", "x-auth-user"],
  ...["x-authenticated-user", "x-auth-request-email", "x-yolo-key", "x-yolo-org", "x-request-id"],
  ...["x-middleware-subrequest", "x-http-method-override", "cookie", "authorization", "x-api-key"],
];

/** Spellings that one server or another takes for the same name. */
function spellings(name: string): string[] {
  return [
    name,
    name.toUpperCase(),
    name.replaceAll("-", "_"),
    name.replaceAll("-", "_").toUpperCase(),
    name.replace("-", "_"),
    name.replaceAll("-", "."),
    name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase()),
  ];
}

describe("G11: identity cannot be spoofed", () => {
  const all = IDENTITY.flatMap(spellings);

  test.each(IDENTITY)("%s never reaches an upstream, however it is spelt", (name) => {
    for (const spelling of spellings(name)) {
      expect(forwardedHeaders([spelling, "root", "x-kept", "1"], undefined)).toEqual([
        "x-kept",
        "1",
      ]);
    }
  });

  test("nor twice, nor among any others, nor beside a Connection that names it", () => {
    const other = fc.tuple(fc.constantFrom("accept", "anthropic-beta", "user-agent"), fc.string());
    const spoof = fc.tuple(fc.constantFrom(...all), fc.string());
    fc.assert(
      fc.property(fc.array(fc.oneof(other, spoof)), (pairs) => {
        const kept = pairs.filter(([name]) => !all.includes(name)).flat();
        expect(forwardedHeaders(pairs.flat(), undefined)).toEqual(kept);
        expect(forwardedHeaders(pairs.flat(), "close, x-user-uid")).toEqual(kept);
      }),
    );
  });
});

describe("what ends at this connection", () => {
  test.each([
    ...[
      "connection",
      "keep-alive",
      "proxy-authenticate",
      "proxy-authorization",
      "proxy-connection",
    ],
    ...["te", "trailer", "transfer-encoding", "upgrade", "host", "content-length", "expect"],
    "accept-encoding",
  ])("%s is not passed on", (name) => {
    for (const spelling of spellings(name))
      expect(forwardedHeaders([spelling, "a"], undefined)).toEqual([]);
  });

  test("nor is what Connection names, in any spelling and with any spaces", () => {
    const named = "close, X-Hop ,\tx_under,,X-Last";
    const headers = ["x-hop", "1", "X-Under", "2", "x-last", "3", "x-kept", "4"];
    expect(forwardedHeaders(headers, named)).toEqual(["x-kept", "4"]);
  });
});

test("everything else passes as it was sent: spelling, order, repetitions", () => {
  const headers = [
    ...["Anthropic-Version", "2023-06-01", "anthropic-beta", "a", "anthropic-beta", "b"],
    ...[
      "X-Stainless-Lang",
      "js",
      "User-Agent",
      "claude-cli/2",
      "x-app",
      "cli",
      "X-Claude-Code-Session-Id",
      "s",
    ],
  ];
  expect(forwardedHeaders(headers, undefined)).toEqual(headers);
});

test.each(["live", "test", "member"] as const)(
  "a %s token of ours is passed on in no header",
  (kind) => {
    const token = mintToken(kind).reveal();
    for (const value of [token, `Bearer ${token}`, `key=${token}; other`]) {
      expect(forwardedHeaders(["api-key", value, "x-kept", "ylg_"], undefined)).toEqual([
        "x-kept",
        "ylg_",
      ]);
    }
  },
);
