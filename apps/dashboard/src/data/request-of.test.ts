import { expect, test } from "vitest";
import { requestOf } from "./request-of.ts";

test("what the path names goes into the path, escaped; the rest of a GET is its query", () => {
  expect(requestOf("GET /records/{id}", { id: "a/b?c" })).toEqual({
    method: "GET",
    url: "/api/v1/records/a%2Fb%3Fc",
    body: undefined,
  });
  const { url } = requestOf("GET /records", { limit: 5, text: "a & b", before: undefined });
  expect(url).toBe("/api/v1/records?limit=5&text=a+%26+b");
});

test("a POST and a PATCH send what is not in the path as JSON, a DELETE as its query", () => {
  const input = { id: "pol_1", name: "x", note: undefined };
  expect(requestOf("PATCH /policies/{id}", input)).toEqual({
    method: "PATCH",
    url: "/api/v1/policies/pol_1",
    body: '{"name":"x"}',
  });
  expect(requestOf("POST /policies/{id}/rollback", { id: "pol_1" }).body).toBe("{}");
  const { url, body } = requestOf("DELETE /policies/{id}", { id: "pol_1", force: true });
  expect({ url, body }).toEqual({ url: "/api/v1/policies/pol_1?force=true", body: undefined });
});
