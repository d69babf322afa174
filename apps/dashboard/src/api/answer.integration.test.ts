import { createAgentKey } from "@yolo/control/agent-key/create";
import { createApiToken } from "@yolo/control/api-token/create";
import { addConnector } from "@yolo/control/connector/add";
import { PERMISSIONS, type Role } from "@yolo/control/permissions";
import { createPolicy } from "@yolo/control/policy/create";
import { createProject } from "@yolo/control/project/create";
import { createRecorder } from "@yolo/control/test/recorder";
import {
  CREDENTIAL,
  createTwoOrgs,
  POLICY,
  type TestOrg,
  type TwoOrgs,
} from "@yolo/control/test/two-orgs";
import { encodeId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { createRedis, type TestRedis } from "@yolo/testkit/redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiServer, startApi } from "../../test/api-server.ts";
import { ROUTES } from "./routes.ts";

let orgs: TwoOrgs;
let redis: TestRedis;
let api: ApiServer;
const tokens = new Map<string, string>();
const dryRuns = new Map<string, string>();
/** Connectors that lead nowhere: what tests one asks nobody. */
const nowhere = new Map<string, string>();
const records = new Map<string, { readonly id: string; readonly session: string }>();

beforeAll(async () => {
  orgs = await createTwoOrgs();
  redis = await createRedis();
  api = await startApi(orgs, { redisUrl: redis.url });
  await using recorder = await createRecorder(orgs);
  for (const org of [orgs.b, orgs.a]) {
    records.set(org.slug, await recorder.admit(org, { request: "{}" }));
    const owner = { ...orgs.as(org.members.owner), testModelUrl: "http://127.0.0.1:1" };
    const added = await addConnector.run(owner, {
      ...{ name: "nowhere", provider: "anthropic", mode: "vaulted", credential: CREDENTIAL },
      baseUrl: "http://127.0.0.1:1",
    });
    nowhere.set(org.slug, added.id);
    for (const role of ["owner", "developer", "billing"] as const) {
      const made = await createApiToken.run(orgs.as(org.members[role]), { name: role });
      tokens.set(`${org.slug} ${role}`, made.token);
    }
    const project = await createProject.run(owner, { slug: "spare", name: "Spare" });
    const key = await createAgentKey.run(owner, { agentId: org.agent });
    const token = await createApiToken.run(owner, { name: "spare" });
    for (const scope of ["api-tokens:read", "api-tokens:write"]) {
      const scoped = await createApiToken.run(owner, { name: "scoped", scopes: [scope] });
      tokens.set(scope, scoped.token);
    }
    const policy = await createPolicy.run(owner, { name: "spare", layer: "org", text: POLICY });
    const ids = { key: key.id, token: token.id, policy: policy.id };
    spares.set(org.slug, { project: project.id, ...ids });
    const run = { path: "/dry-runs", body: { draft: { text: POLICY } } };
    const started = await send("POST /dry-runs", run, as("owner", org));
    dryRuns.set(org.slug, (await started.json()).id);
  }
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  await orgs[Symbol.asyncDispose]();
});

/** What one call of a route may end without the others missing it: outside ids. */
interface Spare {
  readonly project: string;
  readonly key: string;
  readonly token: string;
  readonly policy: string;
}
const spares = new Map<string, Spare>();

function spare(org: TestOrg): Spare {
  return spares.get(org.slug) ?? { project: "", key: "", token: "", policy: "" };
}

interface Call {
  readonly path: string;
  readonly body?: object;
}

let names = 0;
function fresh(): string {
  names += 1;
  return `n${names}`;
}

/** For every route a call that succeeds in this org. */
const CALLS: { readonly [route: string]: (org: TestOrg) => Call } = {
  "GET /org": () => ({ path: "/org" }),
  "PATCH /org": () => ({ path: "/org", body: { name: fresh() } }),
  "GET /members": () => ({ path: "/members" }),
  "PATCH /members/{id}": (org) => ({
    path: `/members/${memberOf(org, "approver")}`,
    body: { role: "approver" },
  }),
  "DELETE /members/{id}": (org) => ({ path: `/members/${memberOf(org, "auditor")}` }),
  "GET /invitations": () => ({ path: "/invitations" }),
  "POST /invitations": () => ({ path: "/invitations", body: { role: "auditor" } }),
  "POST /invitations/{id}/renew": (org) => ({
    path: `/invitations/${org.invitation}/renew`,
    body: {},
  }),
  "DELETE /invitations/{id}": (org) => ({ path: `/invitations/${org.invitation}` }),
  "GET /groups": () => ({ path: "/groups" }),
  "POST /groups": () => ({ path: "/groups", body: { name: fresh() } }),
  "PATCH /groups/{id}": (org) => ({ path: `/groups/${org.group}`, body: { name: fresh() } }),
  "DELETE /groups/{id}": (org) => ({ path: `/groups/${org.group}` }),
  "POST /groups/{id}/members": (org) => ({
    path: `/groups/${org.group}/members`,
    body: { memberId: memberOf(org, "admin") },
  }),
  "DELETE /groups/{id}/members/{memberId}": (org) => ({
    path: `/groups/${org.group}/members/${memberOf(org, "admin")}`,
  }),
  "GET /projects": () => ({ path: "/projects" }),
  "POST /projects": () => ({ path: "/projects", body: { slug: fresh(), name: "N" } }),
  "GET /projects/{id}": (org) => ({ path: `/projects/${org.project}` }),
  "PATCH /projects/{id}": (org) => ({ path: `/projects/${org.project}`, body: { name: "Web" } }),
  "DELETE /projects/{id}": (org) => ({ path: `/projects/${spare(org).project}` }),
  "POST /projects/{id}/restore": (org) => ({ path: `/projects/${org.project}/restore`, body: {} }),
  "GET /agents": (org) => ({ path: `/agents?project=${org.project}` }),
  "POST /agents": (org) => ({
    path: "/agents",
    body: { projectId: org.project, name: fresh() },
  }),
  "GET /agents/{id}": (org) => ({ path: `/agents/${org.agent}` }),
  "PATCH /agents/{id}": (org) => ({ path: `/agents/${org.agent}`, body: { name: "deployer" } }),
  "POST /agents/{id}/restore": (org) => ({ path: `/agents/${org.agent}/restore`, body: {} }),
  "DELETE /agents/{id}": (org) => ({ path: `/agents/${org.agent}` }),
  "GET /agent-keys": (org) => ({ path: `/agent-keys?agent=${org.agent}` }),
  "POST /agent-keys": (org) => ({ path: "/agent-keys", body: { agentId: org.agent } }),
  "POST /agent-keys/{id}/rotate": (org) => ({
    path: `/agent-keys/${spare(org).key}/rotate`,
    body: { grace: "15m" },
  }),
  "DELETE /agent-keys/{id}": (org) => ({ path: `/agent-keys/${org.agentKey}` }),
  "GET /api-tokens": () => ({ path: "/api-tokens" }),
  "POST /api-tokens": () => ({ path: "/api-tokens", body: { name: "ci", scopes: ["agents:*"] } }),
  "DELETE /api-tokens/{id}": (org) => ({ path: `/api-tokens/${spare(org).token}` }),
  "GET /connectors": () => ({ path: "/connectors" }),
  "POST /connectors": () => ({
    path: "/connectors",
    body: { name: fresh(), provider: "anthropic", mode: "vaulted", credential: CREDENTIAL },
  }),
  "PATCH /connectors/{id}": (org) => ({
    path: `/connectors/${org.connector}`,
    body: { name: "main" },
  }),
  "POST /connectors/{id}/test": (org) => ({
    path: `/connectors/${nowhere.get(org.slug)}/test`,
    body: {},
  }),
  "POST /connectors/{id}/credential": (org) => ({
    path: `/connectors/${org.connector}/credential`,
    body: { credential: CREDENTIAL, test: false },
  }),
  "POST /connectors/{id}/default": (org) => ({
    path: `/connectors/${org.connector}/default`,
    body: {},
  }),
  "DELETE /connectors/{id}": (org) => ({ path: `/connectors/${org.connector}?confirm=main` }),
  "GET /onboarding": () => ({ path: "/onboarding?since=2026-01-01T00:00:00Z" }),
  "POST /onboarding": () => ({ path: "/onboarding", body: { project: fresh(), agent: "builder" } }),
  "GET /onboarding/steps": () => ({ path: "/onboarding/steps" }),
  "POST /onboarding/steps": () => ({ path: "/onboarding/steps", body: { dismissed: true } }),
  "POST /onboarding/test-call": (org) => ({
    path: "/onboarding/test-call",
    body: { agentId: org.agent },
  }),
  "GET /policies": () => ({ path: "/policies" }),
  "POST /policies": (org) => ({
    path: "/policies",
    body: { name: fresh(), layer: "project", projectId: org.project, text: POLICY },
  }),
  "GET /policies/{id}": (org) => ({ path: `/policies/${org.policy}?version=1` }),
  "PATCH /policies/{id}": (org) => ({
    path: `/policies/${spare(org).policy}`,
    body: { name: fresh() },
  }),
  "DELETE /policies/{id}": (org) => ({ path: `/policies/${spare(org).policy}` }),
  "GET /policies/{id}/draft": (org) => ({ path: `/policies/${org.policy}/draft` }),
  "POST /policies/{id}/draft": (org) => ({
    path: `/policies/${org.policy}/draft`,
    body: { base: 1, revision: 0, text: POLICY },
  }),
  "DELETE /policies/{id}/draft": (org) => ({ path: `/policies/${org.policy}/draft` }),
  "GET /policies/{id}/versions": (org) => ({ path: `/policies/${org.policy}/versions` }),
  "POST /policies/{id}/versions": (org) => ({
    path: `/policies/${org.policy}/versions`,
    body: { base: 1, text: POLICY, message: "again" },
  }),
  "POST /policies/{id}/rollback": (org) => ({
    path: `/policies/${org.policy}/rollback`,
    body: { base: 2, to: 1 },
  }),
  "POST /policies/lint": (org) => ({
    path: "/policies/lint",
    body: { draft: { policyId: org.policy, text: POLICY } },
  }),
  "POST /policies/test": (org) => ({
    path: "/policies/test",
    body: { draft: { agentId: org.agent, text: POLICY } },
  }),
  "POST /policies/{id}/diff": (org) => ({
    path: `/policies/${org.policy}/diff`,
    body: { from: 1, text: `${POLICY}  - deny: git:push\n` },
  }),
  "POST /policies/explain": (org) => ({
    path: "/policies/explain",
    body: {
      ...{ agentId: org.agent, draft: { projectId: org.project, text: POLICY } },
      action: { verb: "git:force_push", resource: "github.com/acme/app#main" },
    },
  }),
  "POST /policies/preview": (org) => ({ path: "/policies/preview", body: { agentId: org.agent } }),
  "POST /dry-runs": (org) => ({
    path: "/dry-runs",
    body: { draft: { policyId: org.policy, text: POLICY }, period: "7d" },
  }),
  "GET /dry-runs": (org) => ({ path: `/dry-runs?policyId=${org.policy}` }),
  "GET /dry-runs/{id}": (org) => ({ path: `/dry-runs/${dryRuns.get(org.slug)}` }),
  "DELETE /dry-runs/{id}": (org) => ({ path: `/dry-runs/${dryRuns.get(org.slug)}` }),
  "GET /records": (org) => ({ path: `/records?limit=5&session=${records.get(org.slug)?.session}` }),
  "GET /records/{id}": (org) => ({ path: `/records/${records.get(org.slug)?.id}` }),
  "GET /records/counts": (org) => ({
    path: `/records/counts?session=${records.get(org.slug)?.session}`,
  }),
  "GET /sessions/{id}": (org) => ({ path: `/sessions/${records.get(org.slug)?.session}` }),
  "GET /sessions/{id}/turns": (org) => ({
    path: `/sessions/${records.get(org.slug)?.session}/turns?records=${records.get(org.slug)?.id}`,
  }),
  "GET /usage": (org) => ({ path: `/usage?agent=${org.agent}` }),
  "GET /search": (org) => ({ path: `/search?text=${org.agent}` }),
  "GET /changes": (org) => ({ path: `/changes?subject=${org.agent}` }),
  "GET /changes/counts": (org) => ({ path: `/changes/counts?subject=${org.agent}` }),
  "GET /sessions": (org) => ({ path: `/sessions?session=${records.get(org.slug)?.session}` }),
};

/** Routes that take no id of anything; every other one is tried with the other org's. */
const NAMES_NOTHING = new Set([
  ...["GET /org", "PATCH /org", "GET /members", "GET /invitations", "POST /invitations"],
  ...["GET /groups", "POST /groups"],
  ...["GET /projects", "POST /projects", "GET /api-tokens", "POST /api-tokens"],
  ...["GET /connectors", "POST /connectors", "GET /policies"],
  ...["GET /onboarding", "POST /onboarding", "GET /onboarding/steps", "POST /onboarding/steps"],
]);

/** What is looked for by another org's ids, and found nowhere; lists hold nothing then. */
const FINDS_NOTHING: { readonly [route: string]: object } = {
  "GET /records/counts": { total: 0, byAgent: [] },
  "GET /usage": { calls: 0, byAgent: [] },
  "GET /changes/counts": { byKind: { change: { total: 0 }, view: { total: 0 } } },
};

/** Made last to first, so that what is archived or revoked was used before. */
const ORDERED = Object.keys(ROUTES).sort(
  (a, b) => Number(/^DELETE/.test(a)) - Number(/^DELETE/.test(b)),
);

function send(route: string, { path, body }: Call, token?: string): Promise<Response> {
  return fetch(`${api.url}${path}`, {
    method: route.split(" ")[0] ?? "GET",
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function memberOf(org: TestOrg, role: Role): string {
  return encodeId("member", org.members[role].memberId);
}

function as(role: Role, org: TestOrg = orgs.a): string {
  return tokens.get(`${org.slug} ${role}`) ?? "";
}

async function expectError(response: Response, status: number, code: string): Promise<void> {
  const requestId = response.headers.get("x-request-id");
  expect(requestId).toMatch(/^api_[0-9a-f]{32}$/);
  expect(response.status).toBe(status);
  const body = await response.json();
  expect(body).toMatchObject({ error: { code, requestId, message: expect.any(String) } });
  expect(body.error.docs).toBe(`${new URL(api.url).origin}/docs/errors#${code}`);
  expect(response.headers.get("cache-control")).toBe("no-store");
}

test("every route is tried here", () => {
  expect(Object.keys(CALLS).sort()).toEqual(Object.keys(ROUTES).sort());
});

describe.for(ORDERED)("%s", (route) => {
  const call = (org: TestOrg): Call => CALLS[route]?.(org) ?? { path: "/" };

  test("401 without a token, with an agent key, and with a token that does not work", async () => {
    await expectError(await send(route, call(orgs.a)), 401, "missing_key");
    await expectError(await send(route, call(orgs.a), orgs.a.key), 401, "invalid_key");
    const cut = as("owner").slice(0, -1);
    await expectError(await send(route, call(orgs.a), cut), 401, "invalid_key");
  });

  test("403 for a role that may not, and for a token without the scope, which it names", async () => {
    const { permission } = ROUTES[keyOf(route)].verb;
    const roles: readonly Role[] = PERMISSIONS[permission];
    if (!roles.includes("billing")) {
      await expectError(await send(route, call(orgs.a), as("billing")), 403, "forbidden");
    }
    const elsewhere = permission === "api-tokens:read" ? "api-tokens:write" : "api-tokens:read";
    const unscoped = await send(route, call(orgs.a), tokens.get(elsewhere));
    expect(await unscoped.clone().json()).toMatchObject({
      error: { facts: { scope: permission } },
    });
    await expectError(unscoped, 403, "forbidden");
  });

  test("404 for what is another org's", async () => {
    const { path, body } = call(orgs.b);
    const namesIds = /[a-z]{3}_[0-9a-f]{32}/.test(path + JSON.stringify(body ?? {}));
    expect(namesIds).toBe(!NAMES_NOTHING.has(route));
    if (!namesIds) return;
    const response = await send(route, { path, ...(body && { body }) }, as("owner"));
    const list = /^GET \/[a-z-]+$/.test(route) ? { data: [] } : undefined;
    const nothing = FINDS_NOTHING[route] ?? list;
    if (nothing === undefined) await expectError(response, 404, "not_found");
    else expect(await response.json()).toMatchObject(nothing);
  });

  test("422 for a field that it does not know", async () => {
    const { path, body } = call(orgs.a);
    const odd =
      body === undefined
        ? { path: `${path}${path.includes("?") ? "&" : "?"}surprise=1` }
        : { path, body: { ...body, surprise: 1 } };
    await expectError(await send(route, odd, as("owner")), 422, "invalid_input");
  });

  test("succeeds for who may, in the shape that it promises", async () => {
    const response = await send(route, call(orgs.a), as("owner"));
    const body = await response.json();
    expect(body).not.toHaveProperty("error");
    expect(response.status).toBe(ROUTES[keyOf(route)]?.status);
    expect(ROUTES[keyOf(route)]?.verb.output.safeParse(body)).toMatchObject({ success: true });
    expect(response.headers.get("x-request-id")).toMatch(/^api_/);
    expect(JSON.stringify(body)).not.toContain(CREDENTIAL);
  });
});

function keyOf(route: string): keyof typeof ROUTES {
  const key = Object.keys(ROUTES).find((one): one is keyof typeof ROUTES => one === route);
  if (key === undefined) throw new Error(`no route ${route}`);
  return key;
}

describe("refused before any verb", () => {
  const post = (init: RequestInit) =>
    fetch(`${api.url}/projects`, {
      method: "POST",
      ...init,
      headers: { authorization: `Bearer ${as("owner")}`, ...init.headers },
    });
  const json = { "content-type": "application/json" };

  test.for(["/nope", "/projects/1", "/records/a/b", "/policies/x/versions/1", "/", "/PROJECTS"])(
    "404 for the path %s",
    async (path) => {
      await expectError(await send("GET", { path }, as("owner")), 404, "not_found");
    },
  );

  test.for(["PUT", "PATCH", "DELETE"])("405 for %s", async (method) => {
    const response = await fetch(`${api.url}/projects`, { method });
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
    await expectError(response, 405, "method_not_allowed");
  });

  test("HEAD says what GET would, without the body; where there is no GET it is 405", async () => {
    const head = await send("HEAD", { path: "/projects" }, as("owner"));
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await send("HEAD", { path: "/projects" })).status).toBe(401);
    expect((await send("HEAD", { path: "/policies/lint/x" }, as("owner"))).status).toBe(404);
    expect((await send("HEAD", { path: "/policies/x/rollback" }, as("owner"))).status).toBe(405);
  });

  test("OPTIONS names the methods and allows no other site anything", async () => {
    const response = await send("OPTIONS", { path: "/projects" });
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
    expect([...response.headers.keys()].filter((name) => /^access-control/.test(name))).toEqual([]);
    expect((await send("OPTIONS", { path: "/nope" })).status).toBe(404);
  });

  test.for([
    ["not JSON", "{", json],
    ["two values", "{} {}", json],
    ["an array", "[]", json],
    ["null", "null", json],
    ["nothing", "", json],
    ["no UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), json],
    ["a form", "slug=a", { "content-type": "application/x-www-form-urlencoded" }],
    ["text", "{}", { "content-type": "text/plain" }],
  ] as const)("400 for a body that is %s", async ([, body, headers]) => {
    await expectError(await post({ body, headers }), 400, "malformed_request");
  });

  test("413 for a body over 1 MB, announced or not", async () => {
    const big = JSON.stringify({ slug: "a", name: "x".repeat(1024 * 1024) });
    await expectError(await post({ body: big, headers: json }), 413, "body_too_large");
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    void writer.write(Buffer.from(big)).then(
      () => writer.close(),
      () => undefined,
    );
    const chunked = { body: readable, headers: json, duplex: "half" } as const;
    await expectError(await post(chunked), 413, "body_too_large");
  });

  test("422 for a query that says something twice, and for a query beside a body", async () => {
    const twice = await send("GET", { path: "/records?limit=1&limit=2" }, as("owner"));
    await expectError(twice, 422, "invalid_input");
    const beside = { path: "/projects?slug=a", body: { slug: "a", name: "A" } };
    await expectError(await send("POST", beside, as("owner")), 422, "invalid_input");
  });

  test("422 when the body names what stands in the path", async () => {
    const path = `/policies/${orgs.a.policy}/versions`;
    const body = { id: orgs.b.policy, base: 1, text: POLICY, message: "m" };
    await expectError(await send("POST", { path, body }, as("owner")), 422, "invalid_input");
  });

  test("another scheme than Bearer is no token", async () => {
    const headers = { authorization: `Basic ${as("owner")}` };
    const response = await fetch(`${api.url}/projects`, { headers });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    await expectError(response, 401, "missing_key");
  });
});

test("409 for a stale base, with the version in force", async () => {
  const body = { name: fresh(), layer: "org", text: POLICY };
  const created = await (await send("POST", { path: "/policies", body }, as("owner"))).json();
  const path = `/policies/${created.id}/versions`;
  const next = { path, body: { base: 1, text: POLICY, message: "second" } };
  expect((await send("POST", next, as("owner"))).status).toBe(201);
  const stale = await send("POST", next, as("owner"));
  expect(await stale.clone().json()).toMatchObject({
    error: { facts: { base: 1, liveVersion: 2 } },
  });
  await expectError(stale, 409, "conflict");
});

test("422 for a policy with errors, with line and column of each", async () => {
  const text = "version: 1\nmode: enforce\nrules:\n  - alow: llm:*\n";
  const body = { name: fresh(), layer: "org", text };
  const response = await send("POST", { path: "/policies", body }, as("owner"));
  expect(await response.clone().json()).toMatchObject({
    error: { facts: { issues: [{ line: 4, column: expect.any(Number) }] } },
  });
  await expectError(response, 422, "policy_invalid");
});

test("a change stands on record under the id that the answer carried", async () => {
  const body = { slug: fresh(), name: "N" };
  const response = await send("POST", { path: "/projects", body }, as("developer"));
  const requestId = response.headers.get("x-request-id");
  const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.findMany({ where: { requestId } }),
  );
  expect(changes).toMatchObject([
    { verb: "project.create", memberId: orgs.a.members.developer.memberId },
  ]);
});

test("503 with Retry-After while the database is away, and nothing of the inside is told", async () => {
  const url = new URL(orgs.urls.appUrl);
  url.port = "1";
  await using away = await startApi(orgs, { databaseUrl: url.href });
  const headers = { authorization: `Bearer ${as("owner")}` };
  const response = await fetch(`${away.url}/projects`, { headers });
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("2");
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ error: { code: "unavailable" } });
  expect(text).not.toMatch(/yolo_app|prisma|ECONN|127\.0\.0\.1:1\b/i);
});

test("no token, key or credential is ever logged", async () => {
  const made = await send(
    "POST",
    { path: "/agents", body: { projectId: orgs.a.project, name: fresh() } },
    as("owner"),
  );
  const { id: agentId } = await made.json();
  const key = await send("POST", { path: "/agent-keys", body: { agentId } }, as("owner"));
  const { key: agentKey } = await key.json();
  expect(agentKey).toMatch(/^ylg_live_/);
  const text = api.logged();
  expect(text).toContain('"route":"POST /agent-keys"');
  for (const secret of [...tokens.values(), CREDENTIAL, orgs.a.key, agentKey]) {
    expect(text).not.toContain(secret);
  }
});
