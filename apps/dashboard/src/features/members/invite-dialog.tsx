"use client";

/** Invites somebody: whom, and as what; then shows the link. */
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { InvitationLink } from "./invitation-link.tsx";
import { ROLE_HINTS, roleOf, rolesFor } from "./roles.ts";

interface Props {
  readonly dashboard: string;
  readonly sendsMail: boolean;
  readonly onClose: () => void;
}

const WAYS = [
  { value: "mail", label: "By mail", hint: "Only the person of that address can accept." },
  { value: "link", label: "By link", hint: "Whoever opens it first joins." },
] as const;

export function InviteDialog({ dashboard, sendsMail, onClose }: Props) {
  const { role: own } = useOrg();
  const [way, setWay] = useState("mail");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState(roleOf("developer"));
  const invite = useChange("POST /invitations", {
    invalidates: ["GET /invitations", "GET /changes"],
  });
  const close = (open: boolean) => {
    if (!open) onClose();
  };
  if (invite.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={close}
        title="Invited"
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <InvitationLink made={invite.data} dashboard={dashboard} sendsMail={sendsMail} />
      </Dialog>
    );
  }
  return (
    <FormDialog
      title="Invite somebody"
      action="Invite"
      change={invite}
      shown={["email"]}
      onSubmit={() => invite.mutate({ role, ...(way === "mail" && { email }) })}
      onClose={onClose}
    >
      <RadioGroup label="How" options={WAYS} value={way} onValueChange={setWay} />
      {way === "mail" && (
        <Field label="E-mail" error={invite.error?.issueOf("email")}>
          <Input
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="off"
            required
          />
        </Field>
      )}
      <Field label="Role" hint={ROLE_HINTS[role]}>
        <Select
          value={role}
          onValueChange={(value) => setRole(roleOf(value))}
          options={rolesFor(own).map((one) => ({ value: one, label: one }))}
        />
      </Field>
    </FormDialog>
  );
}
