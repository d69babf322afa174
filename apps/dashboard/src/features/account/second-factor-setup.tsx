"use client";

/** Setting up an authenticator: scan, then show that it works. */
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { ask } from "../people/ask.ts";
import { useAsk } from "../people/use-ask.ts";
import type { Setup } from "./answers.ts";

interface Props {
  readonly setup: Setup;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function SecondFactorSetup({ setup, onDone, onCancel }: Props) {
  const { busy, error, run } = useAsk();
  const { secret, qr } = setup;

  async function submit(form: FormData) {
    const confirmed = () => ask("POST /second-factor/confirm", { code: form.get("code") });
    if ((await run(confirmed)) !== undefined) onDone();
  }

  return (
    <div className="flex flex-col gap-5 sm:flex-row">
      <QrCode {...qr} />
      <form
        className="flex min-w-0 flex-1 flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        <p className="text-sm">
          Scan this with your authenticator app, or type the secret into it:
        </p>
        <p className="flex items-start gap-2 font-mono text-xs">
          <span className="break-all pt-1.5">{secret}</span>
          <CopyButton text={secret} label="Copy the secret" />
        </p>
        <Refusal error={error} shown={["code"]} />
        <Field label="Code that the app shows" error={error?.issueOf("code")}>
          <Input
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            placeholder="000000"
            maxLength={7}
            mono
            autoFocus
            required
          />
        </Field>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" loading={busy}>
            Switch on
          </Button>
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </form>
    </div>
  );
}

/** Dark on light in every theme: many cameras read no other. */
function QrCode({ size, path }: Setup["qr"]) {
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code with the secret"
      className="size-44 shrink-0 rounded-lg bg-white text-black"
      shapeRendering="crispEdges"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
