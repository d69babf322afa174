"use client";

/** The parts of a policy's page that are not seen first; each is fetched when it is opened. */
import dynamic from "next/dynamic";
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

export const PublishDialog = dynamic(() =>
  import("../publish/publish-dialog.tsx").then((module) => module.PublishDialog),
);

export const CompareDialog = dynamic(() =>
  import("../draft/compare-dialog.tsx").then((module) => module.CompareDialog),
);

export const RenameDialog = dynamic(() =>
  import("./rename-dialog.tsx").then((module) => module.RenameDialog),
);

export const ArchiveDialog = dynamic(() =>
  import("./archive-dialog.tsx").then((module) => module.ArchiveDialog),
);
