"use client";

/** A secret at the only moment at which it is shown: to be copied, and gone when this is closed. */
import { TriangleAlert } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Dialog } from "../../ui/dialog.tsx";

interface Props {
  readonly title: string;
  readonly secret: string;
  /** What the secret is: "Agent key". */
  readonly label: string;
  readonly onClose: () => void;
  /** What to do with it. */
  readonly children?: React.ReactNode;
}

export function ShownOnce({ title, secret, label, onClose, children }: Props) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      size="lg"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="flex items-start gap-2 rounded-md bg-warn-halo px-3 py-2 text-sm">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
          Copy it now. It is not stored and cannot be shown again.
        </p>
        <CodeBlock title={label} code={secret} wrap />
        {children}
      </div>
    </Dialog>
  );
}
