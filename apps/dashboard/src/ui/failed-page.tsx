"use client";

/**
 * A page that could not be made. What happened stands in the logs, under the digest shown. It comes with every page, so
 * it needs nothing but itself.
 */
import { buttonClass } from "./button-style.ts";
import { Message } from "./message.tsx";

export interface Failure {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export function FailedPage({ error: { digest }, reset }: Failure) {
  const again = (
    <button type="button" className={buttonClass("secondary", "md")} onClick={reset}>
      Try again
    </button>
  );
  return (
    <Message title="This page could not be made." actions={again}>
      <p>Something failed on our side. Nothing was changed.</p>
      {digest !== undefined && (
        <p className="mt-1 text-sm">
          The logs know it as <code className="select-all">{digest}</code>.
        </p>
      )}
    </Message>
  );
}
