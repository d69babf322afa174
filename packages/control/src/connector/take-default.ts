/** Which connector calls to a provider take: at most one at a time, and at every moment. */
import type { Scope } from "../verb.ts";
import type { Stored } from "./find.ts";

/**
 * Makes a connector its provider's default when there is none or `wanted`; the default that it replaced, if any.
 * Every write to an org locks the org until it commits (`bump_revision`): what is read after one stays true, so call
 * this after a write.
 */
export async function takeDefault(
  { transaction, orgId }: Scope,
  candidate: Stored,
  wanted: boolean,
): Promise<{ readonly isDefault: boolean; readonly replaced: Stored | null }> {
  const present = await transaction.connector.findFirst({
    where: { orgId, provider: candidate.provider, isDefault: true, archivedAt: null },
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
  await setDefault(candidate, true);
  return { isDefault: true, replaced: present };
}
