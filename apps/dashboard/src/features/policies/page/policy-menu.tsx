"use client";

/** What is rarely done with a policy: another name, throwing the draft away, archiving. */
import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import type { Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useChange } from "../../../data/use-api.ts";
import { Button } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input } from "../../../ui/input.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../../ui/menu.tsx";
import { useToast } from "../../../ui/toast.tsx";
import { type Draft, type DraftEvent, isChanged } from "../draft/draft-state.ts";

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
      {open === "rename" && <Rename policy={policy} onClose={close} />}
      {open === "archive" && <Archive policy={policy} onClose={close} />}
    </>
  );
}

interface DialogProps {
  readonly policy: Props["policy"];
  readonly onClose: () => void;
}

function Rename({ policy, onClose }: DialogProps) {
  const form = useId();
  const rename = useChange("PATCH /policies/{id}", {
    invalidates: ["GET /policies", "GET /policies/{id}"],
    onSuccess: onClose,
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename the policy"
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={rename.isPending}>
            Rename
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get("name") ?? "");
          rename.mutate({ id: policy.id, name });
        }}
      >
        <Field label="Name" error={rename.error?.issueOf("name") ?? rename.error?.message}>
          <Input name="name" required maxLength={100} defaultValue={policy.name} />
        </Field>
      </form>
    </Dialog>
  );
}

function Archive({ policy, onClose }: DialogProps) {
  const { slug } = useOrg();
  const router = useRouter();
  const archive = useChange("DELETE /policies/{id}", {
    invalidates: ["GET /policies", "GET /policies/{id}", "POST /policies/test"],
    onSuccess: () => router.push(`/${slug}/policies`),
  });
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title="Archive the policy"
      description="From the next call on nobody is decided under it. What only it allowed is denied. Its versions stay to be read, and it cannot be put in force again."
      action="Archive"
      phrase={policy.name}
      danger
      loading={archive.isPending}
      error={archive.error}
      onConfirm={() => archive.mutate({ id: policy.id })}
    />
  );
}
