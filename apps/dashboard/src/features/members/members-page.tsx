"use client";

/** The org's members and its open invitations. */
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { Button } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { InvitationTable } from "./invitation-table.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberTable } from "./member-table.tsx";
import { WRITE_REASON } from "./roles.ts";

export interface MembersPageProps {
  /** Whoever looks: they do not remove themselves by accident. */
  readonly ownEmail: string;
  /** Where the links of invitations lead. */
  readonly dashboard: string;
  readonly sendsMail: boolean;
}

export function MembersPage({ ownEmail, dashboard, sendsMail }: MembersPageProps) {
  const { can } = useOrg();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <PageHeader
        title="Members"
        description="People who sign in here, and what their role lets them do."
        actions={
          <Button
            variant="primary"
            onClick={() => setInviting(true)}
            disabledReason={can("members:write") ? undefined : WRITE_REASON}
          >
            <UserPlus aria-hidden="true" /> Invite
          </Button>
        }
      />
      <div className="flex flex-col gap-8">
        <MemberTable ownEmail={ownEmail} />
        <InvitationTable dashboard={dashboard} sendsMail={sendsMail} />
      </div>
      {inviting && (
        <InviteDialog
          dashboard={dashboard}
          sendsMail={sendsMail}
          onClose={() => setInviting(false)}
        />
      )}
    </>
  );
}
