/** What the large org has beside its traffic, so that every page has something to show: made by the public API. */
import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { type Api, connectApi } from "../api.ts";
import { REQUEST_ID_HEADER } from "../journey.ts";
import type { LargeOrg } from "../large-org.ts";
import type { Ready } from "../product.ts";

/** What stands in `{…}` in an address. */
export type Places = Readonly<Record<string, string>>;

const EVALUATED = "version: 1\nmode: evaluate\nrules:\n  - allow: llm:*\n";
const CHANGED = `${EVALUATED}  - allow: git:push\n`;
const CONNECTOR = {
  ...{ name: "anthropic", provider: "anthropic", mode: "vaulted" },
  credential: `sk-ant-${"e2e-".repeat(8)}`,
};
const DRAFT = `${EVALUATED}  - deny: git:push\n`;

export async function furnish(ready: Ready, large: LargeOrg): Promise<Places> {
  const api = connectApi(ready.dashboard, large.apiToken);
  const agent = await agentOf(api, "checkout");
  const [record, session, { token: invitation }, policies] = await Promise.all([
    callOnce(api, agent.id, tenantOf(ready, large.slug)),
    longestSession(api),
    make(api, "/invitations", { role: "developer" }),
    makePolicies(api),
    make(api, "/invitations", { role: "auditor" }),
    make(api, "/groups", { name: "On call" }),
    make(api, "/connectors", CONNECTOR),
  ]);
  const { projectId: project } = agent;
  return { org: large.slug, record, agent: agent.id, project, session, invitation, ...policies };
}

/** What the API says of a thing, as far as it is looked at here. */
interface Thing {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly records: number;
  readonly key: string;
  readonly token: string;
}

async function make(api: Api, path: string, body: object): Promise<Thing> {
  const { status, body: made } = await api.post(path, body);
  expect(status, `${path}: ${JSON.stringify(made)}`).toBeLessThan(300);
  return Object(made);
}

async function list(api: Api, path: string): Promise<readonly Thing[]> {
  const { body } = await api.get(path);
  return Object(body).data;
}

async function agentOf(api: Api, name: string): Promise<Thing> {
  const agent = (await list(api, "/agents")).find((one) => one.name === name);
  if (agent === undefined) throw new Error(`no agent ${name}`);
  return agent;
}

/** The id of the call's record, once it is closed. */
async function callOnce(api: Api, agentId: string, baseURL: string): Promise<string> {
  const key = await make(api, "/agent-keys", { agentId, kind: "test", name: "laptop" });
  const client = new Anthropic({ baseURL, apiKey: key.key, authToken: null, maxRetries: 0 });
  const messages = [{ role: "user" as const, content: "What is in the reports of March?" }];
  const { response } = await client.messages
    .create({ model: "claude-sonnet-5-5", max_tokens: 64, messages })
    .withResponse();
  const record = response.headers.get(REQUEST_ID_HEADER) ?? "";
  await api.closedRecord(record);
  return record;
}

function tenantOf({ tenant, org }: Ready, slug: string): string {
  const url = new URL(tenant);
  url.hostname = url.hostname.replace(org, slug);
  return url.origin;
}

async function longestSession(api: Api): Promise<string> {
  const sessions = await list(api, "/sessions?limit=200");
  const [longest] = sessions.toSorted((a, b) => b.records - a.records);
  return longest?.id ?? "";
}

/** One with a draft that can be published, and one whose draft was overtaken. */
async function makePolicies(api: Api): Promise<Places> {
  const [policy = "", behind = ""] = await Promise.all(
    ["drafted", "overtaken"].map(async (name) => {
      const { id } = await make(api, "/policies", { name, layer: "org", text: EVALUATED });
      await make(api, `/policies/${id}/draft`, { base: 1, revision: 0, text: DRAFT });
      return id;
    }),
  );
  const published = { base: 1, text: CHANGED, message: "Agents may push" };
  await make(api, `/policies/${behind}/versions`, published);
  return { policy, behind };
}
