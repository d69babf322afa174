"use client";

/** Name and slug of a new org; the slug follows the name until it is written by hand, and is checked as one types. */
import { suggestSlug } from "@yolo/core/suggest-slug";
import { useState } from "react";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { entered } from "./entered.ts";
import { goTo } from "./go-to.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";
import { useSlugCheck } from "./use-slug-check.ts";

interface Props {
  /** Around the slug in the org's endpoint. */
  readonly before: string;
  readonly after: string;
}

export function NewOrgForm({ before, after }: Props) {
  const { busy, error, run } = useAsk();
  const [leaving, setLeaving] = useState(false);
  const [name, setName] = useState("");
  const [written, setWritten] = useState<string>();
  const slug = written ?? suggestSlug(name);
  const check = useSlugCheck(slug);

  async function submit() {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const answer = await run(async () =>
      entered(await ask("POST /orgs", { name, slug, timeZone })),
    );
    if (typeof answer !== "object") return;
    setLeaving(true);
    goTo(answer.to);
  }

  return (
    <PeopleForm
      action="Create the org"
      busy={busy || leaving}
      error={error}
      fields={["name", "slug"]}
      onSubmit={submit}
    >
      <Field label="Name" error={error?.issueOf("name")}>
        <Input
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="organization"
          maxLength={100}
          autoFocus
          required
        />
      </Field>
      <Field
        label="Slug"
        hint={<Endpoint before={before} slug={slug} after={after} free={check === "free"} />}
        error={error?.issueOf("slug") ?? (typeof check === "object" ? check.problem : undefined)}
      >
        <Input
          value={slug}
          onChange={(event) => setWritten(event.currentTarget.value.toLowerCase())}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={63}
          mono
          required
        />
      </Field>
    </PeopleForm>
  );
}

interface EndpointProps extends Props {
  readonly slug: string;
  readonly free: boolean;
}

function Endpoint({ before, slug, after, free }: EndpointProps) {
  return (
    <>
      Your agents' endpoint:{" "}
      <span className="break-all font-mono text-text">
        {before}
        {slug === "" ? "…" : slug}
        {after}
      </span>{" "}
      <span aria-live="polite">{free && <span className="text-good">is free.</span>}</span> It
      cannot be changed later.
    </>
  );
}
