import { expect, test } from "vitest";
import { routesDocument } from "../../test/routes-document.ts";
import { ROUTES } from "./routes.ts";

test("docs/api-routes.md lists every route and no other, as the API itself does", async () => {
  await expect(routesDocument(ROUTES)).toMatchFileSnapshot("../../../../docs/api-routes.md");
});

test("every route has a sentence of its own", () => {
  const summaries = Object.values(ROUTES).map(({ summary }) => summary);
  expect(new Set(summaries).size).toBe(summaries.length);
  for (const summary of summaries) expect(summary).toMatch(/^[A-Z].*[.?]$/);
});
