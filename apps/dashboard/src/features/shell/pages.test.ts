import { expect, test } from "vitest";
import { isWithin, PAGES } from "./pages.ts";

function openAt(pathname: string): readonly string[] {
  return PAGES.filter((page) => isWithin(pathname, "acme", page)).map(({ label }) => label);
}

test("an address lies in one page of the navigation at most", () => {
  expect(openAt("/acme")).toEqual(["Home"]);
  expect(openAt("/acme/agents")).toEqual(["Agents"]);
  expect(openAt("/acme/agents/agt_1")).toEqual(["Agents"]);
  expect(openAt("/acme/agentsx")).toEqual([]);
  expect(openAt("/acme/records/req_1")).toEqual(["Activity"]);
  expect(openAt("/acme/settings/members")).toEqual(["Settings"]);
  expect(openAt("/acme/start")).toEqual([]);
});

test("each page has a key of its own, and none that begins a jump or stands for itself", () => {
  const keys = PAGES.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const taken of ["g", "j", "k", "?", "/"]) expect(keys).not.toContain(taken);
});
