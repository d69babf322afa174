import { decodeId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Provider, startProvider } from "../../test/provider.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { addConnector } from "./add.ts";
import { archiveConnector } from "./archive.ts";
import { listConnectors } from "./list.ts";
import { renameConnector } from "./rename.ts";
import { rotateConnector } from "./rotate.ts";
import { setDefaultConnector } from "./set-default.ts";
import { testConnector } from "./test-connector.ts";

const FIRST = "sk-ant-api03-first-credential";
const SECOND = "sk-ant-api03-second-credential";

let orgs: TwoOrgs;
let provider: Provider;
beforeAll(async () => {
  orgs = await createTwoOrgs();
  provider = await startProvider();
});
afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await orgs[Symbol.asyncDispose]();
});
beforeEach(() => {
  provider.keys.length = 0;
  provider.accepted.clear();
  provider.accepted.add(FIRST);
});

const owner = () => ({ ...orgs.as(orgs.a.members.owner), testModelUrl: provider.url });

let names = 0;
function add(fields: { isDefault?: boolean; name?: string } = {}) {
  names += 1;
  return addConnector.run(owner(), {
    ...{ name: `connector-${names}`, provider: "anthropic", mode: "vaulted" },
    ...{ credential: FIRST, baseUrl: provider.url },
    ...fields,
  });
}

function addClient() {
  names += 1;
  return addConnector.run(owner(), {
    ...{ name: `connector-${names}`, provider: "anthropic", mode: "client_credential" },
    baseUrl: provider.url,
  });
}

async function storedOf(id: string) {
  return inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.connector.findFirstOrThrow({ where: { id: decodeId("connector", id) } }),
  );
}

describe("testing a connector", () => {
  test("asks the upstream with the kept credential", async () => {
    const { id } = await add();
    const result = await testConnector.run(owner(), { id });
    expect(result).toMatchObject({ ok: true, tried: "credential", problem: null, status: 200 });
    expect(provider.keys).toEqual([FIRST]);
    expect(JSON.stringify(result)).not.toContain(FIRST);
  });

  test("says that the key is wrong when it is", async () => {
    const { id } = await add();
    provider.accepted.clear();
    expect(await testConnector.run(owner(), { id })).toMatchObject({
      ...{ ok: false, problem: "wrong_credential", status: 401 },
      message: expect.stringContaining("does not accept this key"),
    });
  });

  test("tries the address alone where developers bring their own credential, and says so", async () => {
    const { id } = await addClient();
    expect(await testConnector.run(owner(), { id })).toMatchObject({
      ...{ ok: true, tried: "reachability", status: 401 },
      message: expect.stringContaining("no credential here to try"),
    });
    expect(provider.keys).toEqual([null]);
  });

  test("leaves no trace in what is on record", async () => {
    const { id } = await add();
    const context = owner();
    await testConnector.run(context, { id });
    const { requestId } = context;
    const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
      transaction.change.count({ where: { requestId } }),
    );
    expect(changes).toBe(0);
  });
});

describe("rotating a credential", () => {
  test("takes over at once; the old one is gone; neither is on record", async () => {
    const { id } = await add();
    const before = await storedOf(id);
    provider.accepted.add(SECOND);
    const rotated = await rotateConnector.run(owner(), { id, credential: SECOND });
    expect(rotated.credentialSince).not.toBe(before.createdAt.toISOString());
    expect(provider.keys).toEqual([SECOND]);
    const after = await storedOf(id);
    expect(after.credential).not.toEqual(before.credential);
    provider.keys.length = 0;
    await testConnector.run(owner(), { id });
    expect(provider.keys).toEqual([SECOND]);
    const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
      transaction.change.findMany({ where: { subject: id } }),
    );
    expect(changes.map(({ verb }) => verb)).toContain("connector.rotate");
    for (const secret of [FIRST, SECOND]) {
      expect(JSON.stringify(changes)).not.toContain(secret);
      expect(JSON.stringify(rotated)).not.toContain(secret);
    }
  });

  test("to one that does not work changes nothing, and the refusal does not repeat it", async () => {
    const { id } = await add();
    const before = await storedOf(id);
    const refused = await rotateConnector
      .run(owner(), { id, credential: SECOND })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "invalid_input",
      facts: { test: { ok: false, problem: "wrong_credential" } },
    });
    expect(JSON.stringify(refused) + String(refused)).not.toContain(SECOND);
    expect(await storedOf(id)).toEqual(before);
  });

  test("untested asks nobody", async () => {
    const { id } = await add();
    await rotateConnector.run(owner(), { id, credential: SECOND, test: false });
    expect(provider.keys).toEqual([]);
  });

  test("is refused where developers bring their own", async () => {
    const { id } = await addClient();
    const refused = rotateConnector.run(owner(), { id, credential: SECOND });
    await expect(refused).rejects.toMatchObject({ code: "conflict" });
    expect(provider.keys).toEqual([]);
  });

  test("of another org's connector asks nobody", async () => {
    const refused = rotateConnector.run(owner(), { id: orgs.b.connector, credential: FIRST });
    await expect(refused).rejects.toMatchObject({ code: "not_found" });
    expect(provider.keys).toEqual([]);
  });
});

describe("the default", () => {
  const defaults = async () => {
    const { data } = await listConnectors.run(owner(), {});
    return data.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  };

  test("moves to the one that is named, and there is one at every moment", async () => {
    const made = await Promise.all([add(), add(), add()]);
    await Promise.all(made.map(({ id }) => setDefaultConnector.run(owner(), { id })));
    expect(await defaults()).toHaveLength(1);
    const [first] = made;
    await setDefaultConnector.run(owner(), { id: first?.id ?? "" });
    expect(await defaults()).toEqual([first?.id]);
  });

  test("is archived only under its name; then its credential is gone and its name is free", async () => {
    const { id, name } = await add({ isDefault: true });
    for (const confirm of [undefined, "", "another"]) {
      const refused = archiveConnector.run(owner(), {
        id,
        ...(confirm !== undefined && { confirm }),
      });
      await expect(refused).rejects.toMatchObject({ code: "conflict", facts: { confirm: name } });
    }
    const archived = await archiveConnector.run(owner(), { id, confirm: name });
    expect(archived).toMatchObject({ isDefault: false, credentialSince: null });
    expect((await storedOf(id)).credential).toBeNull();
    expect(await defaults()).toEqual([]);
    const again = await add({ name });
    expect(again).toMatchObject({ name, isDefault: true });
  });
});

test("another connector is archived without more ado, and is then out of reach", async () => {
  const { id } = await add();
  await archiveConnector.run(owner(), { id });
  for (const attempt of [
    () => archiveConnector.run(owner(), { id }),
    () => testConnector.run(owner(), { id }),
    () => renameConnector.run(owner(), { id, name: "anew" }),
    () => setDefaultConnector.run(owner(), { id }),
    () => rotateConnector.run(owner(), { id, credential: SECOND }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "conflict" });
  }
});

test("rotating and archiving at once ends in one of both, never in a failure of ours", async () => {
  const { id } = await add();
  const settled = await Promise.allSettled([
    rotateConnector.run(owner(), { id, credential: SECOND, test: false }),
    archiveConnector.run(owner(), { id }),
  ]);
  for (const one of settled) {
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
  }
  expect((await storedOf(id)).credential).toBeNull();
});

test("a name is changed, and taken ones are refused", async () => {
  const [one, two] = [await add(), await add()];
  const renamed = await renameConnector.run(owner(), { id: one.id, name: "renamed" });
  expect(renamed).toMatchObject({ name: "renamed", id: one.id });
  const taken = renameConnector.run(owner(), { id: two.id, name: "renamed" });
  await expect(taken).rejects.toMatchObject({ code: "conflict" });
});
