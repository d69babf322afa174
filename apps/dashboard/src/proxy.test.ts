import { NextRequest } from "next/server.js";
import { expect, test } from "vitest";
import { proxy } from "./proxy.ts";

function policyOf(headers: HeadersInit = {}): string {
  const request = new NextRequest("https://app.example.com/", { headers });
  return proxy(request).headers.get("content-security-policy") ?? "";
}

test("each answer has a nonce of its own, and only scripts with it run", () => {
  const nonces = new Set<string>();
  for (let index = 0; index < 100; index++) {
    const policy = policyOf();
    nonces.add(/script-src 'nonce-([^']{22,})' 'strict-dynamic';/.exec(policy)?.[1] ?? "");
    expect(policy).not.toMatch(/script-src[^;]*(unsafe-inline|unsafe-eval)/);
  }
  expect(nonces.size).toBe(100);
  expect(nonces).not.toContain("");
});

test("pages can be framed by nobody and change their base to nothing", () => {
  expect(policyOf()).toContain("frame-ancestors 'none'");
  expect(policyOf()).toContain("base-uri 'none'");
  expect(policyOf()).toContain("worker-src 'self'");
});

test("a policy or a nonce that the client sends is not believed", () => {
  const policy = policyOf({ "content-security-policy": "script-src 'nonce-mine'" });
  expect(policy).not.toContain("mine");
});

test("an address that cannot be decoded is refused, not a failure", async () => {
  for (const path of ["/docs/%ff", "/api/v1/records/%", "/%E0%A4%A"]) {
    const response = proxy(new NextRequest(`https://app.example.com${path}`));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "malformed_request" } });
  }
});

test("a page is told its nonce and its address by us, whatever the client says they are", () => {
  const headers = { "yolo-nonce": "mine", "yolo-path": "//evil.example" };
  const request = new NextRequest("https://app.example.com/acme/agents?x=1", { headers });
  const answer = proxy(request);
  const told = (name: string) => answer.headers.get(`x-middleware-request-${name}`);
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
  expect(told("yolo-nonce")).toBe(nonce);
  expect(told("yolo-path")).toBe("/acme/agents?x=1");
});
