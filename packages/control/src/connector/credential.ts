/** The credential of a connector: taken as a secret, sealed at once for its org and row, opened to be tried. */
import { Secret } from "@yolo/core/secret";
import { open, seal } from "@yolo/store/vault";
import { z } from "zod";
import { allDataKeys, currentDataKey } from "../data-key.ts";
import type { Scope } from "../verb.ts";

/** What an HTTP header can carry: visible ASCII without spaces (RFC 9110 §5.5). */
const CREDENTIAL = /^[\x21-\x7e]+$/;

/** A credential sent from outside; from here on it prints as a secret. */
export function credentialField() {
  return z
    .string()
    .min(1)
    .max(4_096)
    .regex(CREDENTIAL, "must be visible ASCII without spaces")
    .transform((text) => new Secret(text))
    .meta({ writeOnly: true, description: "Sealed at once and never shown again." });
}

export async function sealCredential(
  scope: Scope,
  row: string,
  credential: Secret,
): Promise<Uint8Array<ArrayBuffer>> {
  const dataKey = await currentDataKey(scope);
  const plain = Buffer.from(credential.reveal());
  return Uint8Array.from(seal(dataKey, { use: "connector", row }, plain));
}

/** Null where the connector keeps none. */
export async function openCredential(scope: Scope, row: string): Promise<Secret | null> {
  const { transaction, orgId } = scope;
  const stored = await transaction.connector.findUniqueOrThrow({
    where: { orgId_id: { orgId, id: row } },
    select: { credential: true },
  });
  if (stored.credential === null) return null;
  const plain = open(
    await allDataKeys(scope),
    { use: "connector", row },
    Buffer.from(stored.credential),
  );
  return new Secret(plain.toString("utf8"));
}
