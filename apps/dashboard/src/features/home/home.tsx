"use client";

/** The last 24 hours of the org at a glance. */
import { useOrg } from "../../data/org-context.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { LatestDenials } from "./latest-denials.tsx";
import { LiveStrip } from "./live-strip.tsx";
import { NeedsAPerson } from "./needs-a-person.tsx";
import { SpendByAgent } from "./spend-by-agent.tsx";
import { UsageFigures } from "./usage-figures.tsx";

export function Home() {
  const { slug, role, can } = useOrg();
  if (!can("records:read")) {
    return (
      <>
        <PageHeader title="Home" />
        <EmptyState title="Your role does not read records">
          You are here as {role}. Ask an owner or an admin for another role.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Home"
        description="The last 24 hours."
        actions={
          can("agents:write") && (
            <LinkButton href={`/${slug}/start`} variant="primary">
              Connect an agent
            </LinkButton>
          )
        }
      />
      <div className="flex flex-col gap-4">
        <UsageFigures />
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            <NeedsAPerson />
            <LatestDenials />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <LiveStrip />
            <SpendByAgent />
          </div>
        </div>
      </div>
    </>
  );
}
