/** `docs/api-routes.md`, made of the table of routes. */
import type { Route } from "../src/api/routes.ts";

const HEAD = `# Routes of the public API

Below \`/api/v1\`; what holds for all of them is told in [the API](api.md), inputs and answers in detail at
\`/api/v1/openapi.json\`. The permission is also the scope that an API token needs: [permissions](permissions.md). This page is made
of the table that the API itself answers by (\`vitest run apps/dashboard/src/api/documentation.test.ts -u\` makes it anew).

| route | does | permission |
| --- | --- | --- |
`;

/** The whole text. */
export function routesDocument(routes: { readonly [route: string]: Route }): string {
  const rows = Object.entries(routes).map(
    ([route, { summary, verb }]) => `| \`${route}\` | ${summary} | \`${verb.permission}\` |\n`,
  );
  return HEAD + rows.join("");
}
