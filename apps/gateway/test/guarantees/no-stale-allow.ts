/** G8, no stale allow commits: keys, agents and policies taken back under load. */
import { Agent } from "node:http";
import { anthropicReply } from "@yolo/testkit/upstream-replies";
import type { Tenant } from "../tenant.ts";
import { ALLOW_CLAUDE } from "../tenant.ts";
import { call } from "./calls.ts";
import { type Random, seeded } from "./random.ts";
import type { World } from "./world.ts";

/** Takes the notification away: then only the poll and admission itself know of a change. */
export const WITHOUT_NOTIFICATIONS = `
  DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('org.bump_revision()'::regprocedure), 'PERFORM pg_notify', '-- PERFORM pg_notify');
  END $$`;

const DENY_ALL = "version: 1\nmode: enforce\nrules:\n  - deny: llm:*\n    id: closed\n";

/** What broke the promise; empty when it held. Each tenant is a lane of trials of its own. */
export async function noStaleAllow(world: World, seed: number, trials: number): Promise<string[]> {
  world.upstream.respondWith(anthropicReply());
  const leaked = new Set<string>();
  world.upstream.onArrival((request) => {
    const name = request.header("x-trial") ?? "";
    if (name.endsWith("-after")) leaked.add(name);
  });
  const violations: string[] = [];
  let started = 0;
  const agent = new Agent({ keepAlive: true });
  async function lane(tenant: Tenant, random: Random): Promise<void> {
    while (started < trials && violations.length === 0) {
      started += 1;
      violations.push(
        ...(await oneTrial({ world, tenant, random, agent, leaked, name: `trial-${started}` })),
      );
    }
  }
  await Promise.all(world.tenants.map((tenant, index) => lane(tenant, seeded(seed + index))));
  agent.destroy();
  return violations;
}

interface Trial {
  readonly world: World;
  readonly tenant: Tenant;
  readonly random: Random;
  readonly agent: Agent;
  /** What the upstream saw although it began after the permission was taken back. */
  readonly leaked: ReadonlySet<string>;
  readonly name: string;
}

/** Calls run while the permission is taken back; of those that begin afterwards the upstream sees none. */
async function oneTrial(trial: Trial): Promise<string[]> {
  const { world, tenant, random, name } = trial;
  const permission = await grant(tenant, random);
  // Both gateways have decided on the old snapshot before it changes.
  const warm = await Promise.all(
    world.gateways.map(({ url }) => attempt(trial, url, permission.key, "before")),
  );
  if (!warm.every(({ status }) => status === 200)) {
    throw new Error(
      `${name}: not allowed before it was taken back (${warm.map(({ status }) => status)})`,
    );
  }
  const during = world.gateways.map(({ url }) => attempt(trial, url, permission.key, "during"));
  await permission.takeBack();
  const after = await Promise.all(
    world.gateways.flatMap(({ url }) => [
      attempt(trial, url, permission.key, "after"),
      attempt(trial, url, permission.key, "after"),
    ]),
  );
  await Promise.all(during);
  await permission.restore?.();
  const { kind } = permission;
  return [
    ...(trial.leaked.has(`${name}-after`)
      ? [`${name}: the upstream saw a call although its ${kind} was taken back`]
      : []),
    ...after
      .filter(({ status }) => status !== permission.refusal)
      .map(({ status }) => `${name}: ${kind} taken back, answered ${status}`),
  ];
}

function attempt({ agent, name }: Trial, url: string, key: string, phase: string) {
  return call(url, { key, agent, headers: [["x-trial", `${name}-${phase}`]] });
}

interface Permission {
  readonly kind: "key" | "agent" | "policy";
  readonly key: string;
  /** The status of calls that begin after it was taken back. */
  readonly refusal: 401 | 403;
  takeBack(): Promise<void>;
  restore?(): Promise<void>;
}

async function grant(tenant: Tenant, random: Random): Promise<Permission> {
  const chance = random.next();
  if (chance < 0.7) {
    const { key, keyId } = await tenant.newKey();
    return { kind: "key", key, refusal: 401, takeBack: () => tenant.revokeKey(keyId) };
  }
  if (chance < 0.85) {
    const { key, archive } = await tenant.newAgent();
    return { kind: "agent", key, refusal: 401, takeBack: archive };
  }
  return {
    kind: "policy",
    key: tenant.key,
    refusal: 403,
    takeBack: () => tenant.publish(DENY_ALL),
    restore: () => tenant.publish(ALLOW_CLAUDE),
  };
}
