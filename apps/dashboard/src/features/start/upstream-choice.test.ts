import { expect, test } from "vitest";
import { keyKind, preparationFor } from "./upstream-choice.ts";

const connector = (name: string, mode: "vaulted" | "client_credential", isDefault: boolean) => ({
  ...{ id: `con_${name}`, name, mode, isDefault, provider: "anthropic" as const },
  ...{ baseUrl: "https://api.anthropic.com", createdAt: "2026-11-22T00:00:00Z" },
  ...{ credentialSince: null, archivedAt: null },
});
const org = connector("org", "vaulted", true);
const own = connector("own", "client_credential", false);

test("the test model takes no connector", () => {
  expect(preparationFor("test_model", [])).toEqual({ kind: "nothing" });
  expect(keyKind("test_model")).toBe("test");
});

test("a default of the same mode stays", () => {
  expect(preparationFor("vaulted", [org, own])).toEqual({ kind: "nothing" });
  expect(keyKind("vaulted")).toBe("live");
});

test("one that is there becomes the default, and it is said whose place it takes", () => {
  expect(preparationFor("client_credential", [org, own])).toEqual({
    ...{ kind: "make_default", connector: own, replaces: "org" },
  });
});

test("without one it is added; an archived one does not count", () => {
  const archived = { ...own, archivedAt: "2026-11-22T00:00:00Z" };
  expect(preparationFor("client_credential", [archived])).toEqual({ kind: "add", replaces: null });
});
