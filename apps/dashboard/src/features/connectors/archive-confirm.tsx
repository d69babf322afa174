"use client";

/** Archives a connector, once its name is typed. */
import { useChange } from "../../data/use-api.ts";
import { Confirm } from "../../ui/confirm.tsx";
import type { Connector } from "./connector-words.ts";

interface Props {
  readonly connector: Connector;
  readonly onClose: () => void;
}

export function ArchiveConfirm({ connector, onClose }: Props) {
  const { id, name, isDefault, mode } = connector;
  const archive = useChange("DELETE /connectors/{id}", {
    invalidates: ["GET /connectors"],
    onSuccess: onClose,
  });
  return (
    <Confirm
      title={`Archive ${name}?`}
      description={consequences(isDefault, mode === "vaulted")}
      action="Archive connector"
      phrase={name}
      change={archive}
      onConfirm={() => archive.mutate({ id, ...(isDefault && { confirm: name }) })}
      onClose={onClose}
    />
  );
}

function consequences(isDefault: boolean, keepsCredential: boolean): string {
  const credential = keepsCredential ? "Its credential is gone for good. " : "";
  return isDefault
    ? `${credential}It is the default: calls by live keys are refused until another connector is.`
    : `${credential}Calls do not take it, so nothing changes for agents.`;
}
