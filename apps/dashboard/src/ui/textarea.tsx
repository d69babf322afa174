"use client";

/** Several lines of text. */
import clsx from "clsx";
import { useFieldControl } from "./field.tsx";
import { INPUT } from "./input-style.ts";

interface Props extends React.ComponentProps<"textarea"> {
  readonly mono?: boolean;
}

export function Textarea({ className, mono = false, id, rows = 4, ...rest }: Props) {
  const control = useFieldControl(id);
  const classes = clsx(INPUT, "py-1.5 read-only:bg-well", mono && "font-mono text-sm", className);
  return <textarea {...control} rows={rows} {...rest} className={classes} />;
}
