"use client";

/** A button. While `loading` it cannot be pressed twice; with a `disabledReason` it says why it cannot be pressed. */
import clsx from "clsx";
import { LoaderCircle } from "lucide-react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-style.ts";
import { Tooltip } from "./tooltip.tsx";

export interface ButtonProps extends React.ComponentProps<"button"> {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly loading?: boolean;
  /** Why it cannot be used, as for lack of a permission: it stays reachable by keyboard and says so. */
  readonly disabledReason?: string | undefined;
}

export function Button(props: ButtonProps) {
  const { variant = "secondary", size = "md", loading = false, disabledReason, ...rest } = props;
  const { className, children, disabled, onClick, type = "button", ...others } = rest;
  const refuses = loading || disabledReason !== undefined;
  const button = (
    <button
      {...others}
      // A button that refuses must not submit its form either.
      type={refuses ? "button" : type}
      className={clsx(buttonClass(variant, size), className)}
      disabled={disabled && !refuses}
      aria-disabled={refuses || undefined}
      aria-busy={loading || undefined}
      onClick={refuses ? undefined : onClick}
    >
      {loading && <LoaderCircle aria-hidden="true" className="animate-spin" />}
      {children}
    </button>
  );
  return disabledReason === undefined ? (
    button
  ) : (
    <Tooltip content={disabledReason}>{button}</Tooltip>
  );
}
