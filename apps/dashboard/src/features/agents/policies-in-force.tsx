"use client";

/** The policies that a call of a project or agent is judged by, all of them together. */
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { TextLink } from "../../ui/text-link.tsx";

interface Props {
  readonly projectId: string;
  /** Left out: only those that apply to all agents of the project. */
  readonly agentId?: string;
}

const LAYERS = { org: "the org", project: "the project", agent: "this agent" } as const;

export function PoliciesInForce({ projectId, agentId }: Props) {
  const { slug } = useOrg();
  const policies = useApi("GET /policies", {});
  if (policies.error !== null) {
    return (
      <div className="p-3">
        <ErrorState error={policies.error} retry={() => void policies.refetch()} compact />
      </div>
    );
  }
  if (policies.data === undefined) return <Skeleton className="m-3 h-8" />;
  const applying = policies.data.data.filter(
    (policy) =>
      policy.archivedAt === null &&
      (policy.layer === "org" ||
        (policy.layer === "project" && policy.projectId === projectId) ||
        (policy.layer === "agent" && policy.agentId === agentId)),
  );
  if (applying.length === 0) {
    return (
      <p className="px-4 py-3 text-muted text-sm">
        None: every call is denied.{" "}
        <TextLink href={`/${slug}/policies?new=true`}>Write a policy</TextLink>
      </p>
    );
  }
  return (
    <ul>
      {applying.map(({ id, name, layer, liveVersion, trialEndsAt }) => (
        <li
          key={id}
          className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5 text-sm last:border-b-0"
        >
          <TextLink href={`/${slug}/policies/${id}`} className="font-medium">
            {name}
          </TextLink>
          <span className="text-muted text-xs">
            of {LAYERS[layer]} · version {liveVersion}
          </span>
          {trialEndsAt !== null && <Badge tone="info">on trial</Badge>}
        </li>
      ))}
    </ul>
  );
}
