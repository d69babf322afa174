"use client";

/** One connector: where it leads, how it authenticates, whether it works, and what can be done with it. */
import { Archive, Ellipsis, KeyRound, Pencil, Star } from "lucide-react";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useChange } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ArchiveConfirm } from "./archive-confirm.tsx";
import { type Connector, MODES, PROVIDER_NAMES } from "./connector-words.ts";
import { RenameDialog } from "./rename-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import { TestResult } from "./test-result.tsx";
import type { Testing } from "./use-tests.ts";

interface Props {
  readonly connector: Connector;
  readonly testing: Testing;
  readonly onTest: () => void;
}

export const MANAGERS_ONLY = "Owners and admins look after connectors.";

export function ConnectorRow({ connector, testing, onTest }: Props) {
  const { can } = useOrg();
  const [asked, setAsked] = useState<Asked>(null);
  const makeDefault = useChange("POST /connectors/{id}/default", {
    invalidates: ["GET /connectors"],
  });
  const disabledReason = can("connectors:write") ? undefined : MANAGERS_ONLY;
  const close = () => setAsked(null);
  return (
    <li className="flex flex-col gap-3 border-line border-b px-4 py-3.5 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <Description connector={connector} />
        <div className="flex items-center gap-2">
          <Button
            size="sm"
            loading={testing.isPending}
            disabledReason={disabledReason}
            onClick={onTest}
          >
            Test
          </Button>
          {disabledReason === undefined && (
            <Actions
              connector={connector}
              onAsk={setAsked}
              onDefault={() => makeDefault.mutate({ id: connector.id })}
            />
          )}
        </div>
      </div>
      <TestResult
        test={testing.result}
        testing={testing.isPending}
        error={testing.error ?? makeDefault.error}
      />
      {asked === "rotate" && <RotateDialog connector={connector} onClose={close} />}
      {asked === "rename" && <RenameDialog connector={connector} onClose={close} />}
      {asked === "archive" && <ArchiveConfirm connector={connector} onClose={close} />}
    </li>
  );
}

type Asked = "rotate" | "rename" | "archive" | null;

function Description({ connector }: { readonly connector: Connector }) {
  const { name, isDefault, provider, baseUrl, mode, credentialSince } = connector;
  return (
    <div className="min-w-0">
      <h2 className="flex flex-wrap items-center gap-2 font-medium text-sm">
        <span className="break-all font-mono">{name}</span>
        {isDefault && <Badge tone="info">Default</Badge>}
      </h2>
      <p className="mt-0.5 break-words text-muted text-sm">
        {PROVIDER_NAMES[provider]} at <span className="break-all font-mono text-xs">{baseUrl}</span>
      </p>
      <p className="text-muted text-sm">
        {MODES[mode].label}
        {credentialSince !== null && (
          <>
            , set <Moment at={credentialSince} />
          </>
        )}
      </p>
    </div>
  );
}

interface ActionsProps {
  readonly connector: Connector;
  readonly onAsk: (asked: Asked) => void;
  readonly onDefault: () => void;
}

function Actions({ connector, onAsk, onDefault }: ActionsProps) {
  const { name, mode, isDefault } = connector;
  return (
    <Menu
      trigger={
        <Button size="icon-sm" variant="ghost" aria-label={`More about ${name}`}>
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      {mode === "vaulted" && (
        <MenuItem onSelect={() => onAsk("rotate")}>
          <KeyRound aria-hidden="true" /> Rotate the credential…
        </MenuItem>
      )}
      {!isDefault && (
        <MenuItem onSelect={onDefault}>
          <Star aria-hidden="true" /> Make it the default
        </MenuItem>
      )}
      <MenuItem onSelect={() => onAsk("rename")}>
        <Pencil aria-hidden="true" /> Rename…
      </MenuItem>
      <MenuItem danger onSelect={() => onAsk("archive")}>
        <Archive aria-hidden="true" /> Archive…
      </MenuItem>
    </Menu>
  );
}
