"use client";

/** The record that is open beside the list. Escape closes it. */
import { ExternalLink, X } from "lucide-react";
import { useEffect, useEffectEvent } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { Button } from "../../ui/button.tsx";
import { isTyping } from "../../ui/is-typing.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { RecordView } from "./record-view.tsx";

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

export function RecordPanel({ id, onClose }: Props) {
  const { slug } = useOrg();
  const close = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented && !isTyping(event)) onClose();
  });
  useEffect(() => {
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, []);
  return (
    <aside
      aria-label="Record"
      className="sticky top-4 max-h-[calc(100dvh-2rem)] self-start overflow-y-auto rounded-lg border border-line bg-raised p-4"
    >
      <div className="-mt-1 mb-2 flex justify-end gap-1">
        <LinkButton variant="ghost" size="sm" href={`/${slug}/records/${id}`}>
          <ExternalLink aria-hidden="true" /> Open as a page
        </LinkButton>
        <Button variant="ghost" size="sm" aria-label="Close the record" onClick={onClose}>
          <X aria-hidden="true" />
        </Button>
      </div>
      <RecordView id={id} heading="h2" />
    </aside>
  );
}
