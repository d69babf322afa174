import { expect, test } from "vitest";
import { tenantAddress } from "./tenant-address.ts";

test("in local mode tenants are on the gateway's own port", () => {
  const env = { GATEWAY_DOMAIN: "localhost", GATEWAY_URL: "http://127.0.0.1:8787" };
  expect(tenantAddress({ ...env, LOCAL_MODE: "1" })).toEqual({
    scheme: "http",
    domain: "localhost:8787",
  });
});

test("elsewhere they are on https, wherever the dashboard itself reaches the gateway", () => {
  const env = { GATEWAY_DOMAIN: "yologateway.io", GATEWAY_URL: "http://gateway.internal:8787" };
  expect(tenantAddress(env)).toEqual({ scheme: "https", domain: "yologateway.io" });
});
