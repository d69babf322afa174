import type { KeyObject } from "node:crypto";
import { cancelDryRun } from "@yolo/control/dry-run/cancel";
import { readDryRun } from "@yolo/control/dry-run/read";
import { startDryRun } from "@yolo/control/dry-run/start";
import { publishPolicy } from "@yolo/control/policy/publish";
import { POLICY, type TestOrg } from "@yolo/control/test/two-orgs";
import type { Action } from "@yolo/core/action";
import { systemClock } from "@yolo/core/clock";
import { createJobQueue } from "@yolo/store/jobs";
import { connectRedis } from "@yolo/store/redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Call,
  createDryRunWorld,
  type DryRunWorld,
  holdRecords,
  multiply,
  type Recorded,
} from "../../../test/dry-run-world.ts";
import { startRedis, startWorker, until } from "../../../test/worker-process.ts";
import { dryRun } from "./dry-run.ts";

let world: DryRunWorld;
let a: TestOrg;
let b: TestOrg;
let recorded: readonly Recorded[];

const MODELS = ["claude-sonnet-4-5", "claude-opus-4-1", "claude-haiku-4-5"];

function invoke(model: string, tokens: number): Action {
  return {
    ...{ verb: "llm:invoke", resource: `anthropic/${model}` },
    args: { model, max_tokens: tokens, tools: [], body_sha256: "00" },
    facts: { stream: tokens % 2 === 0 },
  };
}

/** Per model three calls; one of each without its arguments; one call of two actions; one that is denied. */
const CALLS: readonly Call[] = [
  ...MODELS.flatMap((model) =>
    [100, 2_001, 3_000].map(
      (tokens): Call => ({ actions: [invoke(model, tokens)], isKept: tokens !== 3_000 }),
    ),
  ),
  {
    actions: [
      invoke("claude-sonnet-4-5", 10),
      { verb: "llm:server_tool", resource: "anthropic/web_search", args: {}, facts: {} },
    ],
    isKept: true,
  },
  {
    actions: [
      { verb: "git:push", resource: "github.com/acme/app#refs/heads/main", args: {}, facts: {} },
    ],
    isKept: true,
  },
];

beforeAll(async () => {
  world = await createDryRunWorld();
  ({ a, b } = world.orgs);
  recorded = await world.record(a, CALLS);
});
afterAll(() => world[Symbol.asyncDispose]());

const read = (org: TestOrg, id: string) => readDryRun.run(world.orgs.as(org.members.owner), { id });

/** Runs it to its end, here. */
async function runOf(text: string, as: "owner" | "developer" = "owner") {
  const draft = as === "owner" ? { policyId: a.policy, text } : { projectId: a.project, text };
  const { id, order } = await world.start(a, draft, as);
  expect(await dryRun(order, world.context())).toBe("done");
  return read(a, id);
}

/** Ids of the records that the predicate is true of, the newest first as samples are. */
function idsWhere(predicate: (call: Recorded) => boolean): string[] {
  return recorded
    .filter(predicate)
    .map(({ id }) => id)
    .reverse();
}

test("under the same policy nothing changes, and every record is judged", async () => {
  expect(await runOf(POLICY)).toMatchObject({
    ...{ state: "done", judged: CALLS.length, changed: 0, groups: [], leftOut: [], ungrouped: 0 },
    progress: { total: CALLS.length, passed: CALLS.length },
  });
});

test("a stricter draft changes exactly the records that the engine itself decides otherwise", async () => {
  const text = `${POLICY}  - deny: llm:invoke
    on: anthropic/claude-opus-*
    id: no-opus
  - approve: llm:invoke
    on: anthropic/claude-haiku-*
    if: facts.stream
  - deny: llm:server_tool
`;
  const run = await runOf(text);
  const otherwise = idsWhere((call) => world.decide(a, text, call).effect !== call.decision.effect);
  expect(run.changed).toBe(otherwise.length);
  expect(run.groups.flatMap(({ records }) => records).sort()).toEqual(otherwise.toSorted());
  for (const { records, to, rule, counts } of run.groups) {
    expect(counts).toBe("enforced");
    for (const id of records) {
      const call = recorded.find((one) => one.id === id);
      if (call === undefined) throw new Error(`${id} was never recorded`);
      const decision = world.decide(a, text, call);
      expect({ to, line: rule?.line }).toEqual({
        to: decision.effect,
        line: decision.rules[0]?.line,
      });
    }
  }
  expect(run.groups[0]).toMatchObject({
    ...{ from: "allow", to: "deny", count: 3 },
    rule: { id: "no-opus", policyId: a.policy, isDraft: true, version: 2 },
    records: idsWhere(({ actions }) => actions[0].resource.includes("opus")),
  });
  const approvals = run.groups.filter(({ to }) => to === "approve");
  expect(approvals).toMatchObject([{ count: 2, from: "allow" }]);
});

test("a looser draft says what it would let through", async () => {
  const run = await runOf(`${POLICY}  - allow: git:push\n`);
  const pushes = idsWhere(({ actions }) => actions[0].verb === "git:push");
  expect(run.groups).toMatchObject([{ from: "deny", to: "allow", count: 1, records: pushes }]);
});

test("a draft in evaluate changes nothing that is enforced but shows what would be", async () => {
  const text = `mode: evaluate\nrules:\n  - deny: llm:invoke\n`;
  const { id, order } = await world.start(a, { projectId: a.project, text });
  await dryRun(order, world.context());
  const run = await read(a, id);
  expect(run).toMatchObject({ changed: 0 });
  expect(run.groups).toMatchObject([
    { counts: "would", from: "allow", to: "deny", count: 10, rule: { policyId: null, line: 3 } },
  ]);
});

describe("a rule that looks at arguments", () => {
  const text = `${POLICY}  - approve: llm:invoke
    on: "anthropic/claude-{sonnet,haiku}-*"
    if: args.max_tokens > 2000
`;

  test("is judged exactly where they were kept; where not, and a rule is about the call, it is said", async () => {
    const run = await runOf(text);
    const unkept = idsWhere(
      ({ actions, isKept }) => !isKept && !actions[0].resource.includes("opus"),
    );
    expect(run.leftOut).toEqual([{ reason: "arguments_not_kept", count: 2, records: unkept }]);
    expect(run.judged).toBe(CALLS.length - 2);
    const over = idsWhere(
      (call) => call.isKept && world.decide(a, text, call).effect === "approve",
    );
    expect(over).toHaveLength(2);
    expect(run.groups).toMatchObject([{ from: "allow", to: "approve", records: over }]);
  });

  test("is not judged for who may not see payloads: the answer would tell what is in them", async () => {
    const run = await runOf(text, "developer");
    expect(run.leftOut).toMatchObject([{ reason: "payloads_not_permitted", count: 7 }]);
    expect(run.groups).toEqual([]);
  });
});

test("a draft of a project or agent is judged on their records alone, beside the layers above", async () => {
  await world.record(b, [{ actions: [invoke("claude-opus-4-1", 1)], isKept: false }]);
  const text = "rules:\n  - deny: llm:invoke\n";
  const { id, order } = await world.start(b, { agentId: b.agent, text });
  await dryRun(order, world.context());
  expect(await read(b, id)).toMatchObject({ judged: 1, changed: 1, progress: { passed: 1 } });
  await expect(read(a, id)).rejects.toMatchObject({ code: "not_found" });
});

test("what is published while it runs does not change what it is judged beside", async () => {
  const text = "rules:\n  - allow: git:fetch\n";
  const { id, order } = await world.start(b, { projectId: b.project, text });
  const owner = world.orgs.as(b.members.owner);
  const next = { id: b.policy, base: 1, text: "rules: [{ deny: llm:* }]\n", message: "m" };
  await publishPolicy.run(owner, next);
  await dryRun(order, world.context());
  expect(await read(b, id)).toMatchObject({ changed: 0 });
});

describe("in the middle", () => {
  /** Every look at the clock takes three seconds, so that a batch is one record. */
  function slowClock() {
    let now = 0;
    return { now: () => systemClock.now(), monotonicMs: () => (now += 3_000) };
  }
  const passed = async (id: string) => (await read(a, id)).progress.passed;

  test("cancelling takes effect: the batch under way is not counted, no other begins", async () => {
    const { id, order } = await world.start(a, { policyId: a.policy, text: POLICY });
    const running = dryRun(order, world.context({ clock: slowClock() }));
    await until(async () => (await passed(id)) > 0);
    await cancelDryRun.run(world.orgs.as(a.members.owner), { id });
    const atCancel = await passed(id);
    expect(await running).toBe("done");
    expect(await read(a, id)).toMatchObject({ state: "cancelled", progress: { passed: atCancel } });
    expect(atCancel).toBeLessThan(CALLS.length);
    expect(await dryRun(order, world.context())).toBe("done");
    expect(await read(a, id)).toMatchObject({ state: "cancelled", progress: { passed: atCancel } });
  });

  test("a batch that had begun when it was cancelled is not counted", async () => {
    const { id, order } = await world.start(a, { policyId: a.policy, text: POLICY });
    const stopping = new AbortController();
    const begun = dryRun(order, world.context({ clock: slowClock(), stopping: stopping.signal }));
    await until(async () => (await passed(id)) > 0);
    stopping.abort();
    await begun;
    const before = await passed(id);
    await using held = await holdRecords(world);
    const running = dryRun(order, world.context());
    await until(held.isAwaited);
    await cancelDryRun.run(world.orgs.as(a.members.owner), { id });
    await held.release();
    expect(await running).toBe("done");
    expect(await read(a, id)).toMatchObject({ state: "cancelled", progress: { passed: before } });
  });

  test("leaving off and going on elsewhere, also two at once, counts every record once", async () => {
    const { id, order } = await world.start(a, { policyId: a.policy, text: POLICY });
    const stopping = new AbortController();
    const first = dryRun(order, world.context({ clock: slowClock(), stopping: stopping.signal }));
    await until(async () => (await passed(id)) > 0);
    stopping.abort();
    expect(await first).toBe("left_off");
    expect(await read(a, id)).toMatchObject({ state: "running" });
    const others = [1, 2].map(() => dryRun(order, world.context({ clock: slowClock() })));
    expect(await Promise.all(others)).toEqual(["done", "done"]);
    await dryRun(order, world.context());
    expect(await read(a, id)).toMatchObject({
      ...{ state: "done", judged: CALLS.length, progress: { passed: CALLS.length } },
    });
  });

  test("a failure is tried again; after the last one the run says so", async () => {
    const text = `${POLICY}  - deny: llm:invoke\n    if: args.max_tokens > 2000\n`;
    const { id, order } = await world.start(a, { policyId: a.policy, text });
    const none = { current: 1, keys: new Map<number, KeyObject>() };
    const secrets = { encryptionKeys: none, peppers: none };
    await expect(dryRun(order, world.context({ secrets }))).rejects.toThrow();
    expect(await read(a, id)).toMatchObject({ state: "running" });
    await expect(dryRun(order, world.context({ secrets, isLast: true }))).rejects.toThrow();
    expect(await read(a, id)).toMatchObject({ state: "failed", failure: expect.any(String) });
  });
});

test("a worker killed in the middle: another goes on where it was, and counts nothing twice", async () => {
  await world.record(b, [{ actions: [invoke("claude-opus-4-1", 1)], isKept: false }]);
  await multiply(world, b, 10_000);
  await using redis = await startRedis();
  const producer = connectRedis(redis.url);
  const jobs = createJobQueue(producer);
  const owner = { ...world.orgs.as(b.members.owner), jobs };
  const { id } = await startDryRun.run(owner, {
    draft: { projectId: b.project, text: "rules:\n  - deny: llm:invoke\n" },
  });
  const env = { JOB_LOCK_SECONDS: "1" };
  const state = () => read(b, id);
  {
    await using killed = await startWorker(world.orgs.urls.appUrl, redis.url, env);
    await until(async () => (await state()).progress.passed > 0);
    killed.process.kill("SIGKILL");
    await killed.process.exited;
  }
  expect(await state()).toMatchObject({ state: "running" });
  const { total, passed } = (await state()).progress;
  if (total === null) throw new Error("the records were not counted");
  expect(total).toBeGreaterThan(10_000);
  expect(passed).toBeLessThan(total);
  await using next = await startWorker(world.orgs.urls.appUrl, redis.url, env);
  await until(async () => (await state()).state === "done");
  expect(await state()).toMatchObject({ judged: total, progress: { passed: total, total } });
  expect(next.process.running).toBe(true);
  await jobs.close();
  producer.disconnect();
});
