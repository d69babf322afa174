/** What a person reads when everything runs, and what scripts read: `ready.json`. */
import { lookup } from "node:dns/promises";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Demo } from "@yolo/prisma/seed";
import { address, type House } from "./apps.ts";
import { writePrivate } from "./data-folder.ts";

/** So that nobody takes an earlier start's file for this one's. */
export function removeReadyFile(data: string): void {
  rmSync(join(data, "ready.json"), { force: true });
}

/** Everything a script needs to drive the product; mode 0600, since it holds a key and a token. */
export function writeReadyFile(house: House, demo: Demo): void {
  const content = {
    dashboard: address(house.ports.dashboard),
    gateway: address(house.ports.gateway),
    tenant: tenantAddress(house, demo.org),
    org: demo.org,
    member: { email: demo.memberEmail, password: demo.memberPassword },
    apiToken: demo.apiToken,
    project: demo.project,
    agent: demo.agent,
    agentKey: demo.agentKey,
  };
  writePrivate(join(house.data, "ready.json"), `${JSON.stringify(content, null, 2)}\n`);
}

/** The addresses and the next step. */
export async function describeHouse(house: House, demo: Demo | undefined): Promise<string> {
  const lines = [
    "",
    "yologateway runs. Ctrl-C stops it.",
    "",
    `  dashboard  ${address(house.ports.dashboard)}`,
    `  gateway    ${address(house.ports.gateway)}`,
    `  data       ${house.data}`,
    "",
    ...(demo === undefined ? withoutDemo(house) : await withDemo(house, demo)),
    "",
  ];
  return lines.join("\n");
}

function withoutDemo(house: House): readonly string[] {
  return [
    `Next: sign up at ${address(house.ports.dashboard)}/sign-up`,
    "or start with `npm start -- --demo`, which makes an org with an agent, its key and a policy.",
  ];
}

async function withDemo(house: House, demo: Demo): Promise<readonly string[]> {
  const upstream =
    demo.upstream === "anthropic"
      ? "Anthropic answers, with your ANTHROPIC_API_KEY."
      : "The built-in test model answers; with ANTHROPIC_API_KEY set, Anthropic does.";
  return [
    `The org ${demo.org} has the agent ${demo.agent} and a policy that is enforced. ${upstream}`,
    "Next, in another terminal:",
    "",
    `  export ANTHROPIC_BASE_URL=${await reachableAddress(house, demo.org)}`,
    `  export ANTHROPIC_AUTH_TOKEN=${demo.agentKey}`,
    "  claude",
    "",
    `Scripts find all of this in ${join(house.data, "ready.json")}`,
  ];
}

/** The org's own address where this machine resolves it; else the bare one, on which the key alone names the org. */
async function reachableAddress(house: House, org: string): Promise<string> {
  const tenant = tenantAddress(house, org);
  const resolves = await lookup(new URL(tenant).hostname).then(
    () => true,
    () => false,
  );
  return resolves ? tenant : address(house.ports.gateway);
}

function tenantAddress(house: House, org: string): string {
  return `http://${org}.localhost:${house.ports.gateway}`;
}
