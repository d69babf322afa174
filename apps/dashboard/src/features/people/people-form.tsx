"use client";

/** A form of these pages: its refusal above, its one button below. */
import type { ApiError } from "../../data/api.ts";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/refusal.tsx";

interface Props {
  readonly action: string;
  readonly busy: boolean;
  readonly error: ApiError | undefined;
  /** Names of its fields, which show their own errors. */
  readonly fields: readonly string[];
  readonly onSubmit: (form: FormData) => Promise<void>;
  readonly children?: React.ReactNode;
}

export function PeopleForm({ action, busy, error, fields, onSubmit, children }: Props) {
  return (
    <form
      // Sent before the page is alive, it must not write a password into the address.
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit(new FormData(event.currentTarget));
      }}
    >
      <Refusal error={error} shown={fields} />
      {children}
      <Button type="submit" variant="primary" size="lg" loading={busy}>
        {action}
      </Button>
    </form>
  );
}
