"use client";

/** A dialog that asks for something and sends it. It lives as long as it is open. */
import { useId } from "react";
import type { ApiError } from "../data/api.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import type { DialogProps } from "./dialog-popup.tsx";
import { Refusal } from "./refusal.tsx";

export interface FormDialogProps extends Omit<DialogProps, "open" | "onOpenChange" | "footer"> {
  readonly onClose: () => void;
  /** What its button says: "Create project". */
  readonly action: string;
  readonly danger?: boolean;
  /** What sending it does. */
  readonly change: { readonly isPending: boolean; readonly error: ApiError | null };
  /** With what stands in the fields that have a name. */
  readonly onSubmit: (entered: FormData) => void;
  /** The fields that show by themselves what is wrong with them. */
  readonly shown?: readonly string[];
  readonly disabled?: boolean;
  /** Why it cannot be sent yet. */
  readonly disabledReason?: string | undefined;
}

export function FormDialog(props: FormDialogProps) {
  const { onClose, action, danger = false, change, onSubmit, shown, children, ...rest } = props;
  const { disabled = false, disabledReason, ...dialog } = rest;
  const form = useId();
  const cannot = disabled || disabledReason !== undefined || change.isPending;
  return (
    <Dialog
      {...dialog}
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant={danger ? "danger" : "primary"}
            loading={change.isPending}
            disabled={disabled}
            disabledReason={disabledReason}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!cannot) onSubmit(new FormData(event.currentTarget));
        }}
      >
        {children}
        <Refusal error={change.error} {...(shown !== undefined && { shown })} />
      </form>
    </Dialog>
  );
}

/** What stands in a field, without the room around it; empty where it has none. */
export function textOf(entered: FormData, name: string): string {
  const value = entered.get(name);
  return typeof value === "string" ? value.trim() : "";
}
