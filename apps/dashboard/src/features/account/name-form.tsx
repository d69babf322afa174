"use client";

/** The name others see. */
import { useRouter } from "next/navigation";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { useToast } from "../../ui/toast.tsx";
import { ask } from "../people/ask.ts";
import { useAsk } from "../people/use-ask.ts";

export function NameForm({ name }: { readonly name: string }) {
  const router = useRouter();
  const toast = useToast();
  const { busy, error, run } = useAsk();

  async function submit(form: FormData) {
    const done = await run(() => ask("POST /name", { name: form.get("name") }));
    if (done === undefined) return;
    toast.show({ title: "Your name is changed", kind: "good" });
    router.refresh();
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <Refusal error={error} shown={["name"]} />
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-56">
          <Field label="Your name" error={error?.issueOf("name")}>
            <Input name="name" defaultValue={name} autoComplete="name" maxLength={100} required />
          </Field>
        </div>
        <Button type="submit" loading={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}
