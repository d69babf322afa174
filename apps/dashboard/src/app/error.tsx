"use client";

/** A page that could not be made. What happened stands in the logs, under the digest shown. */
import { Message } from "../ui/message.tsx";

interface Failure {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: Failure) {
  return (
    <Message title="This page could not be made.">
      <p>
        Something failed on our side{error.digest ? `; the logs know it as ${error.digest}` : ""}.
      </p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </Message>
  );
}
