/** Adds a connector: a configured upstream with the way calls are authenticated there. */
import { AppError } from "@yolo/core/errors";
import { newId } from "@yolo/core/ids";
import { z } from "zod";
import { slugField } from "../fields.ts";
import { verb } from "../verb.ts";
import { checkBaseUrl } from "./base-url.ts";
import { Connector, showConnector } from "./connector.ts";
import { credentialField, sealCredential } from "./credential.ts";
import { PROVIDERS, providerName } from "./providers.ts";
import { takeDefault } from "./take-default.ts";

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
    credential: credentialField(),
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
    const credential =
      fields.mode === "vaulted" ? await sealCredential(scope, id, fields.credential) : null;
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
