"use client";

/** Every published version: who, when and why; to read, to compare, to go back to. */
import { useState } from "react";
import type { Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useApi } from "../../../data/use-api.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { TextLink } from "../../../ui/text-link.tsx";
import { useAddress } from "../page/use-address.ts";
import { RollbackDialog } from "./rollback-dialog.tsx";
import { VersionDiff } from "./version-diff.tsx";
import { VersionText } from "./version-text.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
}

type Version = Output<"GET /policies/{id}/versions">["data"][number];

export function VersionsTab({ policy }: Props) {
  const { version, line, against } = useAddress();
  const versions = useApi("GET /policies/{id}/versions", { id: policy.id });
  const list = versions.data?.data ?? [];
  const chosen = version ?? policy.liveVersion;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-3 max-lg:order-last">
        {versions.error !== null && <ErrorState error={versions.error} />}
        {versions.isPending && <SkeletonRows rows={4} rowHeight={64} />}
        <ol className="divide-y divide-line rounded-lg border border-line bg-raised empty:hidden">
          {list.map((one) => (
            <VersionRow
              key={one.version}
              policy={policy}
              one={one}
              isChosen={one.version === chosen}
            />
          ))}
        </ol>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        {against === null ? (
          <VersionText policyId={policy.id} version={chosen} line={line} />
        ) : (
          <VersionDiff policyId={policy.id} from={against} to={chosen} />
        )}
      </div>
    </div>
  );
}

interface RowProps {
  readonly policy: Props["policy"];
  readonly one: Version;
  readonly isChosen: boolean;
}

function VersionRow({ policy, one, isChosen }: RowProps) {
  const { slug, can } = useOrg();
  const [isOpen, setOpen] = useState(false);
  const { version, message, authorName, publishedAt } = one;
  const isLive = version === policy.liveVersion;
  const at = `/${slug}/policies/${policy.id}?tab=versions&version=${version}`;
  const canPublish =
    can(policy.layer === "org" ? "policies:write-org" : "policies:write") &&
    policy.archivedAt === null;
  return (
    <li className={`flex flex-col gap-1 px-3 py-2 text-sm ${isChosen ? "bg-well" : ""}`}>
      <div className="flex flex-wrap items-center gap-2">
        <TextLink href={at} aria-current={isChosen || undefined} className="font-medium">
          Version {version}
        </TextLink>
        {isLive && <Badge tone="good">in force</Badge>}
      </div>
      <p className="break-words">{message}</p>
      <p className="flex flex-wrap items-center gap-x-3 text-muted text-xs">
        <span>
          {authorName ?? "yologateway"}, <Moment at={publishedAt} />
        </span>
        {version > 1 && <TextLink href={`${at}&against=${version - 1}`}>What changed</TextLink>}
        {!isLive && (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => setOpen(true)}
            disabledReason={canPublish ? undefined : "Your role may not publish this policy."}
          >
            Roll back…
          </Button>
        )}
      </p>
      {isOpen && <RollbackDialog policy={policy} to={version} onClose={() => setOpen(false)} />}
    </li>
  );
}
