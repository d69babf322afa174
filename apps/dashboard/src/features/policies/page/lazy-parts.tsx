"use client";

/** The parts of a policy's page that are not seen first; each is fetched when it is opened. */
import dynamic from "next/dynamic";
import { lazyDialog } from "../../../ui/lazy-dialog.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";

function Loading() {
  return <SkeletonRows rows={4} />;
}

export const TestsTab = dynamic(
  () => import("../tests/tests-tab.tsx").then((module) => module.TestsTab),
  { loading: Loading },
);

export const TryTab = dynamic(
  () => import("../explain/try-tab.tsx").then((module) => module.TryTab),
  { loading: Loading },
);

export const DryRunTab = dynamic(
  () => import("../dry-run/dry-run-tab.tsx").then((module) => module.DryRunTab),
  { loading: Loading },
);

export const VersionsTab = dynamic(
  () => import("../versions/versions-tab.tsx").then((module) => module.VersionsTab),
  { loading: Loading },
);

export const PublishDialog = lazyDialog(
  async () => (await import("../publish/publish-dialog.tsx")).PublishDialog,
);

export const CompareDialog = lazyDialog(
  async () => (await import("../draft/compare-dialog.tsx")).CompareDialog,
);

export const RenameDialog = lazyDialog(
  async () => (await import("./rename-dialog.tsx")).RenameDialog,
);

export const ArchiveDialog = lazyDialog(
  async () => (await import("./archive-dialog.tsx")).ArchiveDialog,
);
