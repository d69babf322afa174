"use client";

/** Name and time zone of the org. */
import { useRouter } from "next/navigation";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { KeyValues } from "../../ui/key-values.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Select } from "../../ui/select.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useToast } from "../../ui/toast.tsx";
import { WRITE_REASON } from "./roles.ts";

interface Props {
  /** IANA names. */
  readonly timeZones: readonly string[];
}

export function OrganizationPage({ timeZones }: Props) {
  const { data: org, error, refetch } = useApi("GET /org", {});
  return (
    <>
      <PageHeader
        title="Organization"
        description="What the org is called, and when its day begins."
      />
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {org === undefined && error === null && <Skeleton className="h-64" />}
      {org !== undefined && (
        <div className="flex flex-col gap-6">
          <Card title="Settings">
            <OrgForm key={`${org.name} ${org.timeZone}`} org={org} timeZones={timeZones} />
          </Card>
          <Card title="For good">
            <KeyValues
              items={[
                { label: "Slug", value: <code>{org.slug}</code> },
                { label: "Id", value: <ShortId id={org.id} /> },
                { label: "Founded", value: <Moment at={org.createdAt} exact /> },
              ]}
            />
          </Card>
        </div>
      )}
    </>
  );
}

function OrgForm({ org, timeZones }: Props & { readonly org: Output<"GET /org"> }) {
  const { can } = useOrg();
  const router = useRouter();
  const { show } = useToast();
  const update = useChange("PATCH /org", {
    invalidates: ["GET /org", "GET /changes"],
    onSuccess: () => {
      show({ title: "Saved", kind: "good" });
      router.refresh();
    },
  });
  const zones = timeZones.includes(org.timeZone) ? timeZones : [org.timeZone, ...timeZones];
  return (
    <form
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        update.mutate({ name: String(form.get("name")), timeZone: String(form.get("timeZone")) });
      }}
    >
      <Field label="Name" error={update.error?.issueOf("name")}>
        <Input
          name="name"
          defaultValue={org.name}
          maxLength={100}
          readOnly={!can("orgs:write")}
          required
        />
      </Field>
      <Field
        label="Time zone"
        hint="Of calendar days and hours in policies."
        error={update.error?.issueOf("timeZone")}
      >
        <Select
          name="timeZone"
          defaultValue={org.timeZone}
          disabled={!can("orgs:write")}
          options={zones.map((zone) => ({ value: zone, label: zone }))}
        />
      </Field>
      {update.error !== null && update.error.issues.size === 0 && (
        <ErrorState error={update.error} compact />
      )}
      <Button
        type="submit"
        variant="primary"
        className="self-start"
        loading={update.isPending}
        disabledReason={can("orgs:write") ? undefined : WRITE_REASON}
      >
        Save
      </Button>
    </form>
  );
}
