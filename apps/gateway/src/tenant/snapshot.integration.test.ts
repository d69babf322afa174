import { addConnector } from "@yolo/control/connector/add";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTenantWorld, type TenantWorld } from "../../test/tenant-world.ts";
import { openCredential } from "./snapshot.ts";

let world: TenantWorld;
beforeAll(async () => {
  world = await createTenantWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Every row of every table as text, bytes in hex. */
async function dump(): Promise<string> {
  const tables = await world.owner<{ name: string }[]>`
    SELECT oid::regclass::text AS name FROM pg_class
    WHERE relnamespace IN ('org'::regnamespace, 'directory'::regnamespace) AND relkind = 'r'`;
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await world.owner<{ text: string | null }[]>`
        SELECT query_to_xml(format('SELECT * FROM %s', ${name}::regclass), true, false, '')::text AS text`;
      return row?.text ?? "";
    }),
  );
  return texts.join("\n");
}

test("G12: neither an agent key nor a connector's credential lies in the database, in any encoding; both work", async () => {
  const canary = "sk-ant-api03-canary-4d1f7b6a9c";
  const tenant = await world.control.createTenant();
  await addConnector.run(tenant.context, {
    ...{ name: "main", provider: "anthropic", mode: "vaulted", credential: canary },
  });
  const { key } = await tenant.newKey("live");
  const text = await dump();
  // The dump is one: what is meant to be in clear is found in it.
  expect(text).toContain(tenant.slug);
  expect(text).toContain("anthropic");
  for (const secret of [canary, key, tenant.key]) {
    for (const encoding of ["utf8", "hex", "base64", "base64url"] as const) {
      // Without its ends, which shift in base64 and stand as the last four digits in clear.
      const needle = Buffer.from(secret.slice(3, -4)).toString(encoding).slice(4, -4);
      expect(text.toLowerCase()).not.toContain(needle.toLowerCase());
    }
  }
  await using open = await world.open();
  const snapshot = await open.cache.byToken(key);
  const connector = snapshot?.connectors.get("anthropic");
  if (snapshot === null || connector === undefined) throw new Error("no connector");
  expect(openCredential(snapshot, connector)?.reveal()).toBe(canary);
  expect(
    JSON.stringify(snapshot, (_name, value: unknown) =>
      typeof value === "bigint" ? `${value}` : value,
    ),
  ).not.toContain("canary");
});

test("T23: a credential copied to another connector's or another org's row does not open there", async () => {
  const [one, other] = [await world.control.createTenant(), await world.control.createTenant()];
  const credential = "sk-ant-api03-one";
  for (const { context } of [one, other]) {
    await addConnector.run(context, {
      ...{ name: "main", provider: "anthropic", mode: "vaulted", credential },
    });
  }
  await world.owner`
    UPDATE org.connectors SET credential = (SELECT credential FROM org.connectors WHERE org_id = ${one.orgId})
    WHERE org_id = ${other.orgId}`;
  await using open = await world.open();
  const stolen = await open.cache.bySlug(other.slug);
  const connector = stolen?.connectors.get("anthropic");
  if (stolen === null || connector === undefined) throw new Error("no connector");
  expect(() => openCredential(stolen, connector)).toThrow("could not be opened");
});
