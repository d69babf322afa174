import { expect, test } from "vitest";
import { AppError, ERRORS, toAppError } from "./errors.ts";

test("what is not one of our errors becomes an internal error that shows nothing of itself", () => {
  for (const thrown of [
    new TypeError("secret detail"),
    "secret detail",
    undefined,
    { secret: "detail" },
  ]) {
    const error = toAppError(thrown);
    expect(error).toMatchObject({ code: "internal_error", status: 500, cause: thrown });
    expect(error.message).not.toContain("secret");
  }
  expect(toAppError(new TypeError("secret detail")).detail).toContain("secret detail");
});

test("an error of ours stays itself and carries the status of its code", () => {
  const error = new AppError("record_unavailable", { message: "no", retryAfterSeconds: 2 });
  expect(toAppError(error)).toBe(error);
  expect(error).toMatchObject({ status: 503, retryAfterSeconds: 2 });
});

test("every status is a client's or a server's error", () => {
  for (const status of Object.values(ERRORS)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  }
});
