"use client";

/** Invitations that nobody has accepted yet. */
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, useChange, usePages } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Cell, Head, Row, Table } from "../../ui/table.tsx";
import { useToast } from "../../ui/toast.tsx";
import { InvitationLink } from "./invitation-link.tsx";
import { WRITE_REASON } from "./roles.ts";

interface Props {
  readonly dashboard: string;
  readonly sendsMail: boolean;
}

type InvitationItem = Item<"GET /invitations">;

export function InvitationTable({ dashboard, sendsMail }: Props) {
  const invitations = usePages("GET /invitations", {});
  const { items, error, isPending, refetch } = invitations;
  return (
    <section className="flex flex-col gap-3" aria-labelledby="invitations">
      <h2 id="invitations" className="font-semibold text-lg tracking-tight">
        Invitations
      </h2>
      {isPending && <Skeleton className="h-24" />}
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {!isPending && error === null && items.length === 0 && (
        <EmptyState title="No open invitation">
          Invite a colleague by mail, or with a link that works once.
        </EmptyState>
      )}
      {items.length > 0 && (
        <Table label="Invitations">
          <Head>
            <Cell>Whom</Cell>
            <Cell>Role</Cell>
            <Cell>Ends</Cell>
            <Cell>
              <span className="sr-only">Actions</span>
            </Cell>
          </Head>
          <tbody>
            {items.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                invitation={invitation}
                dashboard={dashboard}
                sendsMail={sendsMail}
              />
            ))}
          </tbody>
        </Table>
      )}
      <MoreButton pages={invitations} />
    </section>
  );
}

interface RowProps extends Props {
  readonly invitation: InvitationItem;
}

function InvitationRow({ invitation, dashboard, sendsMail }: RowProps) {
  const { can } = useOrg();
  const { show } = useToast();
  const [revoking, setRevoking] = useState(false);
  const renew = useChange("POST /invitations/{id}/renew", {
    invalidates: ["GET /invitations", "GET /changes"],
  });
  const { id, email, role, expiresAt } = invitation;
  const reason = can("members:write") ? undefined : WRITE_REASON;
  const whom = email ?? "Whoever holds the link";
  return (
    <Row>
      <Cell>
        <span className="block min-w-36 break-all">{whom}</span>
      </Cell>
      <Cell>
        <Badge>{role}</Badge>
      </Cell>
      <Cell>
        <Moment at={expiresAt} />
      </Cell>
      <Cell align="right">
        <span className="inline-flex gap-1">
          <Button
            size="sm"
            variant="ghost"
            disabledReason={reason}
            loading={renew.isPending}
            onClick={() =>
              renew.mutate(
                { id },
                { onError: ({ message }) => show({ title: message, kind: "bad" }) },
              )
            }
          >
            {email === null ? "New link" : "Send again"}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            disabledReason={reason}
            onClick={() => setRevoking(true)}
          >
            Revoke
          </Button>
        </span>
        {renew.data !== undefined && (
          <Dialog
            open
            onOpenChange={() => renew.reset()}
            title="A new link"
            description="The one before does not work any more."
          >
            <InvitationLink made={renew.data} dashboard={dashboard} sendsMail={sendsMail} />
          </Dialog>
        )}
        {revoking && <Revoke id={id} whom={whom} onClose={() => setRevoking(false)} />}
      </Cell>
    </Row>
  );
}

interface RevokeProps {
  readonly id: string;
  readonly whom: string;
  readonly onClose: () => void;
}

function Revoke({ id, whom, onClose }: RevokeProps) {
  const revoke = useChange("DELETE /invitations/{id}", {
    invalidates: ["GET /invitations", "GET /changes"],
    onSuccess: onClose,
  });
  return (
    <Confirm
      title="Revoke the invitation?"
      description={`${whom} cannot join with it any more.`}
      action="Revoke invitation"
      change={revoke}
      onClose={onClose}
      onConfirm={() => revoke.mutate({ id })}
    />
  );
}
