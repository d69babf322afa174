/** One's own API tokens. */
import { holds, PERMISSIONS, type Permission } from "@yolo/control/permissions";
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { getDeps } from "../../../../deps.ts";
import { TokenPage } from "../../../../features/tokens/token-page.tsx";
import { requireMember } from "../../../../sign-in/who.ts";

export const metadata: Metadata = { title: "API tokens" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

export default async function Page({ params }: Props) {
  const { org } = await params;
  const { actor } = await requireMember(org);
  const permissions = Object.keys(PERMISSIONS)
    .filter((name): name is Permission => Object.hasOwn(PERMISSIONS, name))
    .filter((permission) => holds(actor, permission));
  return (
    <Prefetch org={org} calls={[["GET /api-tokens", {}, "pages"]]}>
      <TokenPage permissions={permissions} dashboard={getDeps().env.DASHBOARD_URL} />
    </Prefetch>
  );
}
