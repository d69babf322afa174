import { AppError } from "@yolo/core/errors";
import { mintToken } from "@yolo/identity/token";
import { describe, expect, test } from "vitest";
import { readCredential } from "./credential.ts";

const KEY = mintToken("live").reveal();
const OTHER = mintToken("test").reveal();
const MEMBER = mintToken("member").reveal();
const OWN = "sk-ant-api03-developer";

function read(headers: Readonly<Record<string, string>>) {
  return readCredential({
    method: "POST",
    path: "/v1/messages",
    query: "",
    headers,
    rawHeaders: [],
  });
}

function codeOf(headers: Readonly<Record<string, string>>): string {
  try {
    read(headers);
  } catch (error) {
    if (error instanceof AppError) return error.code;
  }
  return "none";
}

describe("the agent key", () => {
  test.each([
    { "x-api-key": KEY },
    { authorization: `Bearer ${KEY}` },
    { authorization: `bearer  ${KEY}` },
    { "x-yolo-key": KEY },
    { "x-api-key": KEY, authorization: `Bearer ${KEY}` },
    { "x-api-key": KEY, authorization: `Bearer ${KEY}`, "x-yolo-key": KEY },
  ])("is found in any of its headers, and in several when it is the same", (headers) => {
    expect(read(headers)).toEqual({ token: KEY, own: null });
  });

  test.each([
    { "x-api-key": KEY, authorization: `Bearer ${OTHER}` },
    { "x-api-key": KEY, "x-yolo-key": OTHER },
    { authorization: `Bearer ${KEY}`, "x-yolo-key": OTHER },
    { "x-api-key": KEY, authorization: `Bearer ${KEY} ${OTHER}` },
    { "x-api-key": KEY, authorization: `Basic ${OTHER}` },
    { "x-yolo-key": KEY, authorization: OTHER },
  ])("conflicts with a different one, wherever both stand", (headers) => {
    expect(codeOf(headers)).toBe("conflicting_credentials");
  });

  test.each([
    {},
    { "x-api-key": "" },
    { "x-api-key": OWN },
    { authorization: `Basic ${KEY}` },
    { authorization: `Bearer ${KEY} ${KEY}` },
    { authorization: KEY },
    { cookie: KEY },
  ])("is missing where it stands nowhere that counts", (headers) => {
    expect(codeOf(headers)).toBe("missing_key");
  });
});

describe("the developer's own credential", () => {
  test.each([
    [{ "x-yolo-key": KEY, authorization: `Bearer ${OWN}` }, ["authorization", `Bearer ${OWN}`]],
    [{ "x-yolo-key": KEY, "x-api-key": OWN }, ["x-api-key", OWN]],
    [{ "x-api-key": KEY, authorization: `Bearer ${OWN}` }, ["authorization", `Bearer ${OWN}`]],
  ])("is what stands beside the agent key", (headers, own) => {
    expect(read(headers)).toEqual({ token: KEY, own });
  });

  test.each([
    { "x-yolo-key": KEY, "x-api-key": MEMBER },
    { "x-yolo-key": KEY, authorization: `Bearer ${MEMBER}` },
    { "x-yolo-key": KEY, authorization: `Bearer ${MEMBER.slice(0, -1)}` },
    { "x-yolo-key": KEY, "x-api-key": "ylt_" },
    { "x-yolo-key": KEY, "x-api-key": "" },
    { "x-yolo-key": KEY, authorization: `Basic ${OWN}` },
  ])("is never a token that we issued, nor anything but a key or bearer token", (headers) => {
    expect(read(headers)).toEqual({ token: KEY, own: null });
  });
});
