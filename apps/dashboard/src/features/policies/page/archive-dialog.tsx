"use client";

/** Takes the policy out of force for good, once its name is typed. */
import { useRouter } from "next/navigation";
import type { Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useChange } from "../../../data/use-api.ts";
import { Confirm } from "../../../ui/confirm.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly onClose: () => void;
}

export function ArchiveDialog({ policy, onClose }: Props) {
  const { slug } = useOrg();
  const router = useRouter();
  const archive = useChange("DELETE /policies/{id}", {
    invalidates: ["GET /policies", "GET /policies/{id}", "POST /policies/test"],
    onSuccess: () => router.push(`/${slug}/policies`),
  });
  return (
    <Confirm
      title="Archive the policy"
      description="From the next call on nobody is decided under it. What only it allowed is denied. Its versions stay to be read, and it cannot be put in force again."
      action="Archive"
      phrase={policy.name}
      change={archive}
      onClose={onClose}
      onConfirm={() => archive.mutate({ id: policy.id })}
    />
  );
}
