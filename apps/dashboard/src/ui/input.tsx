"use client";

/** One line of text. */
import clsx from "clsx";
import { useFieldControl } from "./field.tsx";
import { INPUT, INPUT_HEIGHT } from "./input-style.ts";

interface Props extends React.ComponentProps<"input"> {
  /** For ids, keys and patterns. */
  readonly mono?: boolean;
}

export function Input({ className, mono = false, id, ...rest }: Props) {
  const control = useFieldControl(id);
  const classes = clsx(
    INPUT,
    INPUT_HEIGHT,
    "read-only:bg-well",
    mono && "font-mono text-sm",
    className,
  );
  return <input {...control} {...rest} className={classes} />;
}
