"use client";

/** Archives a connector; the default one only with its name typed. */
import { useChange } from "../../data/use-api.ts";
import { Confirm } from "../../ui/confirm.tsx";
import type { Connector } from "./connector-words.ts";

interface Props {
  readonly connector: Connector;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ArchiveConfirm({ connector, open, onOpenChange }: Props) {
  const { id, name, isDefault, mode } = connector;
  const archive = useChange("DELETE /connectors/{id}", {
    invalidates: ["GET /connectors"],
    onSuccess: () => onOpenChange(false),
  });
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={`Archive ${name}?`}
      description={consequences(isDefault, mode === "vaulted")}
      action="Archive connector"
      danger
      phrase={name}
      loading={archive.isPending}
      error={archive.error}
      onConfirm={() => archive.mutate({ id, ...(isDefault && { confirm: name }) })}
    />
  );
}

function consequences(isDefault: boolean, keepsCredential: boolean): string {
  const credential = keepsCredential ? "Its credential is gone for good. " : "";
  return isDefault
    ? `${credential}It is the default: calls by live keys are refused until another connector is.`
    : `${credential}Calls do not take it, so nothing changes for agents.`;
}
