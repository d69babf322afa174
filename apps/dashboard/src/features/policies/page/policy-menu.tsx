"use client";

/** What is rarely done with a policy: another name, throwing the draft away, archiving. */
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { Output } from "../../../data/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../../ui/menu.tsx";
import { useToast } from "../../../ui/toast.tsx";
import { type Draft, type DraftEvent, isChanged } from "../draft/draft-state.ts";
import { ArchiveDialog, RenameDialog } from "./lazy-parts.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly draft: Draft;
  readonly change: (event: DraftEvent) => void;
  readonly canChange: boolean;
}

export function PolicyMenu({ policy, draft, change, canChange }: Props) {
  const [open, setOpen] = useState<"rename" | "archive">();
  const { show } = useToast();
  const close = () => setOpen(undefined);
  // The text goes back to what is in force, as an edit: the toast brings it back.
  const discard = () => {
    const { text } = draft;
    change({ kind: "edited", text: draft.baseText });
    const undo = { label: "Undo", onSelect: () => change({ kind: "edited", text }) };
    show({ title: "The draft is thrown away", action: undo });
  };
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" aria-label="More">
            <Ellipsis aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem onSelect={discard} disabled={!isChanged(draft)}>
          Throw the draft away
        </MenuItem>
        <MenuItem onSelect={() => setOpen("rename")} disabled={!canChange}>
          Rename…
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => setOpen("archive")} disabled={!canChange} danger>
          Archive…
        </MenuItem>
      </Menu>
      {open === "rename" && <RenameDialog policy={policy} onClose={close} />}
      {open === "archive" && <ArchiveDialog policy={policy} onClose={close} />}
    </>
  );
}
