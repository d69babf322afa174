"use client";

/** Where a policy is worked on: its head, what came between, and its tabs. */
import type { Issue } from "@yolo/policy/issue";
import { useRef } from "react";
import type { Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { Badge } from "../../../ui/badge.tsx";
import { Tabs } from "../../../ui/tabs.tsx";
import { DraftBanners } from "../draft/draft-banners.tsx";
import { isBehind, isChanged } from "../draft/draft-state.ts";
import { useDraft } from "../draft/use-draft.ts";
import type { SchemaNode } from "../editor/json-schema.ts";
import type { EditorHandle } from "../editor/policy-editor.tsx";
import type { LineColumn } from "../editor/text-position.ts";
import { useJudged } from "../editor/use-judged.ts";
import { useTests } from "../tests/use-tests.ts";
import { EditTab } from "./edit-tab.tsx";
import { DryRunTab, TestsTab, TryTab, VersionsTab } from "./lazy-parts.tsx";
import { PolicyHead } from "./policy-head.tsx";
import { TABS, useAddress } from "./use-address.ts";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly first: Output<"GET /policies/{id}/draft">;
  readonly schema: SchemaNode;
}

const NO_ISSUES: readonly Issue[] = [];

export function Workbench({ policy, first, schema }: Props) {
  const { can } = useOrg();
  const canWrite = can("policies:write") && policy.archivedAt === null;
  const editing = useDraft(policy, first, canWrite);
  const { draft, change, live } = editing;
  const judged = useJudged(draft.text);
  const issues = judged?.issues ?? NO_ISSUES;
  const errors = issues.filter(({ severity }) => severity === "error");
  const tests = useTests({
    policyId: policy.id,
    text: draft.text,
    isOn: judged?.text === draft.text && errors.length === 0,
  });
  const editorRef = useRef<EditorHandle>(null);
  const { tab, set } = useAddress();
  const goTo = (place: LineColumn) => {
    void set({ tab: "edit", version: null, line: null, against: null });
    // The editor may be on its way: the tab is shown first.
    requestAnimationFrame(() => editorRef.current?.goTo(place));
  };
  const edit = (text: string) => change({ kind: "edited", text });
  const shared = { policy, draft };
  const contents: { readonly [name in (typeof TABS)[number]]: React.ReactNode } = {
    edit: <EditTab {...{ editing, schema, judged, tests, editorRef, goTo }} canWrite={canWrite} />,
    tests: <TestsTab {...{ tests, goTo }} hasErrors={errors.length > 0} />,
    try: <TryTab {...shared} onText={edit} canWrite={canWrite} goTo={goTo} />,
    "dry-run": <DryRunTab {...shared} hasErrors={errors.length > 0} canWrite={canWrite} />,
    versions: <VersionsTab policy={policy} />,
  };
  const labels = { ...LABELS, edit: editLabel(isChanged(draft)), tests: testsLabel(tests.failed) };
  return (
    <>
      <PolicyHead {...{ policy, draft, errors, tests }} change={change} />
      <DraftBanners policy={policy} editing={editing} isBehind={isBehind(draft, live)} />
      <Tabs
        label="Parts of the policy"
        tabs={TABS.map((value) => ({ value, label: labels[value], content: contents[value] }))}
        value={tab}
        onValueChange={(value) => {
          const next = TABS.find((one) => one === value) ?? "edit";
          void set({ tab: next, version: null, line: null, against: null });
        }}
      />
    </>
  );
}

const LABELS = { try: "Try", "dry-run": "Dry run", versions: "Versions" } as const;

function editLabel(hasDraft: boolean): React.ReactNode {
  return hasDraft ? (
    <span className="inline-flex items-center gap-1.5">
      Edit <Badge tone="info">draft</Badge>
    </span>
  ) : (
    "Edit"
  );
}

function testsLabel(failed: number): React.ReactNode {
  return failed === 0 ? (
    "Tests"
  ) : (
    <span className="inline-flex items-center gap-1.5">
      Tests <Badge tone="bad">{failed} fail</Badge>
    </span>
  );
}
