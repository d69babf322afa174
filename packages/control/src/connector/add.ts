/** Adds a connector: a configured upstream with the way calls are authenticated there. */
import { AppError } from "@yolo/core/errors";
import { newId } from "@yolo/core/ids";
import { Secret } from "@yolo/core/secret";
import type { Connector as ConnectorRow } from "@yolo/store/generated/prisma/client";
import { seal } from "@yolo/store/vault";
import { z } from "zod";
import { currentDataKey } from "../data-key.ts";
import { slugField } from "../fields.ts";
import { type Scope, verb } from "../verb.ts";
import { checkBaseUrl } from "./base-url.ts";
import { Connector, showConnector } from "./connector.ts";
import { PROVIDERS, providerName } from "./providers.ts";

/** What an HTTP header can carry: visible ASCII without spaces (RFC 9110 §5.5). */
const CREDENTIAL = /^[\x21-\x7e]+$/;

const shared = {
  name: slugField(),
  provider: providerName,
  /** Left out: the provider's own address. */
  baseUrl: z.string().max(2_000).optional(),
  /** True: it takes over from the present default. The first of a provider is its default in any case. */
  isDefault: z.boolean().default(false),
};

const input = z.discriminatedUnion("mode", [
  z.strictObject({
    ...shared,
    mode: z.literal("vaulted"),
    credential: z
      .string()
      .min(1)
      .max(4_096)
      .regex(CREDENTIAL, "must be visible ASCII without spaces")
      .transform((text) => new Secret(text))
      .meta({ writeOnly: true, description: "Sealed at once and never shown again." }),
  }),
  z.strictObject({ ...shared, mode: z.literal("client_credential") }),
]);
type Input = z.output<typeof input>;

/**
 * Throws `conflict` when the name is taken; `invalid_input` for an address that may not be reached, and for
 * mode `client_credential` with an address that is not the provider's own.
 */
export const addConnector = verb({
  name: "connector.add",
  permission: "connectors:write",
  input,
  output: Connector,
  taken: "A connector with this name exists already.",
  async run(scope, fields) {
    const { transaction, orgId } = scope;
    const { name, provider, mode } = fields;
    const baseUrl = checkBaseUrl(fields.baseUrl ?? PROVIDERS[provider].baseUrl, scope.testModelUrl);
    if (mode === "client_credential") requireOwnHost(baseUrl, fields, scope.testModelUrl);
    const id = newId();
    const credential = await sealCredential(scope, id, fields);
    const row = await transaction.connector.create({
      data: { orgId, id, name, provider, baseUrl, mode, credential },
      omit: { credential: true },
    });
    const { isDefault, replaced } = await takeDefault(scope, row, fields.isDefault);
    const connector = showConnector({ ...row, isDefault });
    const before = replaced === null ? null : { defaultConnector: showConnector(replaced).id };
    return { result: connector, change: { subject: connector.id, before, after: connector } };
  },
});

/** A developer's own credential goes to the provider itself and nowhere else. */
function requireOwnHost(
  baseUrl: string,
  { provider }: Pick<Input, "provider">,
  testModelUrl: string | undefined,
): void {
  const own = [PROVIDERS[provider].baseUrl, testModelUrl ?? []].flat();
  if (own.some((url) => new URL(url).origin === new URL(baseUrl).origin)) return;
  throw new AppError("invalid_input", {
    message: `In mode client_credential the baseUrl must be ${provider}'s own: ${PROVIDERS[provider].baseUrl}.`,
  });
}

type Stored = Omit<ConnectorRow, "credential">;

/**
 * Makes a new connector its provider's default when there is none or `wanted`; the default that it replaced, if any.
 * Every write to an org locks the org until it commits (`bump_revision`): what is read after one stays true.
 */
async function takeDefault(
  { transaction, orgId }: Scope,
  added: Stored,
  wanted: boolean,
): Promise<{ readonly isDefault: boolean; readonly replaced: Stored | null }> {
  const present = await transaction.connector.findFirst({
    where: { orgId, provider: added.provider, isDefault: true, archivedAt: null },
    omit: { credential: true },
  });
  if (present !== null && !wanted) return { isDefault: false, replaced: null };
  const setDefault = ({ id }: Stored, isDefault: boolean) =>
    transaction.connector.update({
      where: { orgId_id: { orgId, id } },
      data: { isDefault },
      omit: { credential: true },
    });
  if (present !== null) await setDefault(present, false);
  await setDefault(added, true);
  return { isDefault: true, replaced: present };
}

async function sealCredential(
  scope: Scope,
  row: string,
  fields: Input,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (fields.mode === "client_credential") return null;
  const dataKey = await currentDataKey(scope);
  const plain = Buffer.from(fields.credential.reveal());
  return Uint8Array.from(seal(dataKey, { use: "connector", row }, plain));
}
