import { createHash } from "node:crypto";
import { createJobQueue, type JobQueue } from "@yolo/store/jobs";
import { connectRedis } from "@yolo/store/redis";
import { createRedis } from "@yolo/testkit/redis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, POLICY, type TwoOrgs } from "../../test/two-orgs.ts";
import { cancelDryRun } from "./cancel.ts";
import { listDryRuns } from "./list.ts";
import { startDryRun } from "./start.ts";

let orgs: TwoOrgs;
let jobs: JobQueue;
const closing = new AsyncDisposableStack();
beforeAll(async () => {
  orgs = closing.use(await createTwoOrgs());
  const redis = closing.use(await createRedis());
  const producer = connectRedis(redis.url);
  closing.defer(() => producer.disconnect());
  jobs = createJobQueue(producer);
  closing.defer(() => jobs.close());
});
afterAll(() => closing.disposeAsync());

const owner = () => ({ ...orgs.as(orgs.a.members.owner), jobs });

/** Starts one and cancels it: two at most may be unfinished. */
async function started(draft: { policyId?: string; projectId?: string }, text: string) {
  const { id } = await startDryRun.run(owner(), { draft: { ...draft, text } });
  await cancelDryRun.run(owner(), { id });
  return id;
}

test("dry runs of one policy come newest first, page by page, and name the text they are about", async () => {
  const policyId = orgs.a.policy;
  const next = `${POLICY}  - deny: git:force_push\n`;
  const first = await started({ policyId }, POLICY);
  const second = await started({ policyId }, next);
  await started({ projectId: orgs.a.project }, POLICY);
  const all = await listDryRuns.run(owner(), { policyId });
  expect(all.data.map(({ id }) => id)).toEqual([second, first]);
  expect(all.data[0]?.draft.textSha256).toBe(createHash("sha256").update(next).digest("hex"));
  const page = await listDryRuns.run(owner(), { policyId, limit: 1 });
  expect(page.nextBefore).toBe(second);
  const rest = await listDryRuns.run(owner(), { policyId, limit: 1, before: second });
  expect(rest).toMatchObject({ data: [{ id: first }], nextBefore: null });
  expect((await listDryRuns.run(owner(), {})).data).toHaveLength(3);
});

test("another org's policy has none", async () => {
  const other = orgs.as(orgs.b.members.owner);
  expect(await listDryRuns.run(other, { policyId: orgs.a.policy })).toEqual({
    data: [],
    nextBefore: null,
  });
});
