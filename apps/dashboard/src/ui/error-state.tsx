"use client";

/** What went wrong, in the API's own words, with the id under which it stands in the logs and a way to try again. */
import { CircleAlert, RotateCw } from "lucide-react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { TextLink } from "./text-link.tsx";

/** `ApiError`, or any other error. */
interface Failure {
  readonly message: string;
  readonly requestId?: string;
  readonly docs?: string | undefined;
}

interface Props {
  readonly error: Failure;
  readonly retry?: () => void;
  /** One line, inside a form or a tile. */
  readonly compact?: boolean;
}

export function ErrorState({ error, retry, compact = false }: Props) {
  const { message, requestId = "", docs } = error;
  return (
    <div
      role="alert"
      className={`flex flex-wrap items-start gap-2.5 rounded-lg border border-bad/35 bg-bad-halo text-sm ${compact ? "px-3 py-2" : "px-4 py-3.5"}`}
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
      {/* Where there is no room beside it, the button stands below. */}
      <div className="min-w-0 flex-1 basis-52">
        <p className="break-words">{message}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-muted text-xs">
          {requestId !== "" && (
            <span className="inline-flex items-center gap-1">
              Request <code className="break-all">{requestId}</code>
              <CopyButton text={requestId} label="Copy the request id" />
            </span>
          )}
          {docs !== undefined && <TextLink href={docs}>What this means</TextLink>}
        </p>
      </div>
      {retry !== undefined && (
        <Button size="sm" onClick={retry}>
          <RotateCw aria-hidden="true" /> Try again
        </Button>
      )}
    </div>
  );
}
