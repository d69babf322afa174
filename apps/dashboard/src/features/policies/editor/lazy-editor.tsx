"use client";

/** The editor, loaded when it is first shown: its code is no part of the page's own. */
import dynamic from "next/dynamic";
import { Skeleton } from "../../../ui/skeleton.tsx";

function Loading() {
  return <Skeleton className="h-96 w-full" />;
}

export const PolicyEditor = dynamic(
  () => import("./policy-editor.tsx").then((module) => module.PolicyEditor),
  {
    ssr: false,
    loading: Loading,
  },
);

export const MergeEditor = dynamic(
  () => import("./merge-editor.tsx").then((module) => module.MergeEditor),
  {
    ssr: false,
    loading: Loading,
  },
);
