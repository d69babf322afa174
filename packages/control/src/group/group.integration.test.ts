import { encodeId } from "@yolo/core/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { addGroupMember } from "./add-member.ts";
import { createGroup } from "./create.ts";
import { deleteGroup } from "./delete.ts";
import { listGroups } from "./list.ts";
import { removeGroupMember } from "./remove-member.ts";
import { renameGroup } from "./rename.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const owner = () => orgs.as(orgs.a.members.owner);
const idOf = (role: "admin" | "auditor") => encodeId("member", orgs.a.members[role].memberId);

test("members come, go and come back, in the order in which they came", async () => {
  const { id } = await createGroup.run(owner(), { name: "reviewers" });
  await addGroupMember.run(owner(), { id, memberId: idOf("auditor") });
  await addGroupMember.run(owner(), { id, memberId: idOf("admin") });
  await addGroupMember.run(owner(), { id, memberId: idOf("admin") });
  const gone = await removeGroupMember.run(owner(), { id, memberId: idOf("auditor") });
  expect(gone.memberIds).toEqual([idOf("admin")]);
  await removeGroupMember.run(owner(), { id, memberId: idOf("auditor") });
  const back = await addGroupMember.run(owner(), { id, memberId: idOf("auditor") });
  expect(back.memberIds).toEqual([idOf("admin"), idOf("auditor")]);
});

test("a name is one group's at a time, and free again once that is deleted", async () => {
  const first = await createGroup.run(owner(), { name: "night" });
  const taken = createGroup.run(owner(), { name: "night" });
  await expect(taken).rejects.toMatchObject({ code: "conflict" });
  const other = await createGroup.run(owner(), { name: "day" });
  const renamed = renameGroup.run(owner(), { id: other.id, name: "night" });
  await expect(renamed).rejects.toMatchObject({ code: "conflict" });
  await deleteGroup.run(owner(), { id: first.id });
  await createGroup.run(owner(), { name: "night" });
  const again = deleteGroup.run(owner(), { id: first.id });
  await expect(again).rejects.toMatchObject({ code: "not_found" });
});

test("groups are listed page by page, deleted ones left out", async () => {
  const made = await createGroup.run(owner(), { name: "gone" });
  await deleteGroup.run(owner(), { id: made.id });
  const first = await listGroups.run(owner(), { limit: 2 });
  const rest = await listGroups.run(owner(), { before: first.nextBefore ?? "" });
  const names = [...first.data, ...rest.data].map(({ name }) => name);
  expect(names).not.toContain("gone");
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("on call");
});
