"use client";

/** What was made, with the key: shown here, now, and never again. */
import { KeyRound, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import type { Connected } from "./use-connect.ts";

interface Props {
  readonly connected: Connected;
  readonly onAgain: () => void;
}

export function MadeKey({ connected: { made, warning }, onAgain }: Props) {
  const { slug } = useOrg();
  const { agent, project, policy, key } = made;
  const box = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: whoever goes by keyboard goes on from here.
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={box} tabIndex={-1} className="flex flex-col gap-4 text-sm outline-none">
      <p>
        Agent <TextLink href={`/${slug}/agents/${agent.id}`}>{agent.name}</TextLink> in project{" "}
        <TextLink href={`/${slug}/projects/${project.id}`}>{project.slug}</TextLink>
        {policy !== null && (
          <>
            , under the policy{" "}
            <TextLink href={`/${slug}/policies/${policy.id}`}>{policy.name}</TextLink>, in evaluate
            for a day
          </>
        )}
        .
      </p>
      <div className="flex flex-col gap-2 rounded-lg border border-line bg-well px-3 py-2.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="inline-flex items-center gap-1.5 font-medium">
            <KeyRound aria-hidden="true" className="size-4 text-muted" /> Agent key
          </span>
          <CopyButton text={key.key}>Copy the key</CopyButton>
        </div>
        <code className="break-all text-xs" data-testid="agent-key">
          {key.key}
        </code>
        <p className="text-muted text-xs">
          It stands in the blocks below. It is shown once: when you leave this page it is gone, and
          you make another.
        </p>
      </div>
      {warning !== null && <Warning text={warning} />}
      <div>
        <Button size="sm" onClick={onAgain}>
          Make another key
        </Button>
      </div>
    </div>
  );
}

/** What the connector's test found, though the key could be made. */
function Warning({ text }: { readonly text: string }) {
  const { slug } = useOrg();
  return (
    <p className="flex items-start gap-2 rounded-md bg-warn-halo px-3 py-2.5" role="alert">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
      <span className="min-w-0 break-words">
        The connector is there, but its test failed: {text}{" "}
        <TextLink href={`/${slug}/connectors`}>Look at it</TextLink>
      </span>
    </p>
  );
}
