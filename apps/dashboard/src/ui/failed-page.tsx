"use client";

/** A page that could not be made. What happened stands in the logs, under the digest shown. */
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Message } from "./message.tsx";

export interface Failure {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export function FailedPage({ error: { digest }, reset }: Failure) {
  return (
    <Message
      title="This page could not be made."
      actions={<Button onClick={reset}>Try again</Button>}
    >
      <p>Something failed on our side. Nothing was changed.</p>
      {digest !== undefined && (
        <p className="mt-1 flex items-center gap-1 text-sm">
          The logs know it as <code>{digest}</code>
          <CopyButton text={digest} label="Copy the id" />
        </p>
      )}
    </Message>
  );
}
