"use client";

/** What the policy is, where it applies, what is in force; and what can be done with it. */
import type { Issue } from "@yolo/policy/issue";
import { useState } from "react";
import type { Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useApi } from "../../../data/use-api.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { type Draft, type DraftEvent, isBehind, isChanged } from "../draft/draft-state.ts";
import { ModeBadge } from "../mode-badge.tsx";
import { placeText } from "../place.ts";
import type { Tests } from "../tests/use-tests.ts";
import { PublishDialog } from "./lazy-parts.tsx";
import { PolicyMenu } from "./policy-menu.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly draft: Draft;
  readonly errors: readonly Issue[];
  readonly tests: Tests;
  readonly change: (event: DraftEvent) => void;
}

export function PolicyHead({ policy, draft, errors, tests, change }: Props) {
  const { slug, can } = useOrg();
  const [isOpen, setOpen] = useState(false);
  const canPublish = can(policy.layer === "org" ? "policies:write-org" : "policies:write");
  const reason = reasonNot({ policy, draft, errors, tests, canPublish });
  const isArchived = policy.archivedAt !== null;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Policies", href: `/${slug}/policies` }]}
        title={policy.name}
        description={<Facts policy={policy} />}
        actions={
          !isArchived && (
            <>
              <PolicyMenu policy={policy} draft={draft} change={change} canChange={canPublish} />
              <Button variant="primary" disabledReason={reason} onClick={() => setOpen(true)}>
                Publish…
              </Button>
            </>
          )
        }
      />
      {isOpen && (
        <PublishDialog
          policy={policy}
          draft={draft}
          change={change}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function Facts({ policy }: { readonly policy: Props["policy"] }) {
  const listed = useApi("GET /policies", {}).data?.data.find(({ id }) => id === policy.id);
  const { version, authorName, publishedAt } = policy.published;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {policy.archivedAt === null ? <ModeBadge mode={policy.mode} /> : <Badge>archived</Badge>}
      {listed !== undefined && <span>{placeText(listed)}</span>}
      <span>
        Version {version} by {authorName ?? "yologateway"}, <Moment at={publishedAt} />
      </span>
      {policy.trialEndsAt !== null && (
        <span>
          On trial: enforced <Moment at={policy.trialEndsAt} />
        </span>
      )}
    </span>
  );
}

interface Standing extends Omit<Props, "change"> {
  readonly canPublish: boolean;
}

/** Why the draft cannot be published; undefined: it can. */
function reasonNot({ policy, draft, errors, tests, canPublish }: Standing): string | undefined {
  const [error] = errors;
  const failed = tests.isCurrent ? tests.all.find(({ blocks }) => blocks) : undefined;
  if (!canPublish) return "Your role may not publish this policy.";
  if (!isChanged(draft)) return "There is nothing to publish: the text is what is in force.";
  if (draft.elsewhere !== null)
    return "You have saved another text elsewhere: compare the two first.";
  if (isBehind(draft, { version: policy.liveVersion })) {
    return `Version ${policy.liveVersion} is in force: compare it with your draft first.`;
  }
  if (error !== undefined) return `Line ${error.line}: ${error.message}`;
  if (failed !== undefined) return `A test fails: ${failed.name}`;
  return undefined;
}
