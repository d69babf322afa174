"use client";

/** Where a provider's API key is typed, once; it is in no address, no attribute and no store of the page. */
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly error: string | undefined;
}

export function CredentialField(props: Props) {
  return (
    <Field {...props}>
      <Input
        name="credential"
        type="password"
        autoComplete="off"
        spellCheck={false}
        placeholder="sk-ant-…"
        required
        mono
      />
    </Field>
  );
}
