/** How buttons and links that look like buttons are drawn. */
import clsx from "clsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg" | "icon" | "icon-sm";

const BASE = clsx(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap",
  "transition-colors duration-100 disabled:cursor-not-allowed aria-disabled:cursor-not-allowed",
  "[&_svg]:shrink-0",
);

const VARIANTS: { readonly [variant in ButtonVariant]: string } = {
  primary:
    "border-transparent bg-fill text-on-fill hover:bg-fill-hover disabled:bg-well disabled:text-muted disabled:border-line aria-disabled:bg-well aria-disabled:text-muted aria-disabled:border-line",
  secondary:
    "border-line bg-raised text-text shadow-card hover:bg-hover disabled:bg-well disabled:text-muted disabled:shadow-none aria-disabled:bg-well aria-disabled:text-muted aria-disabled:shadow-none",
  ghost:
    "border-transparent bg-transparent text-muted hover:bg-hover hover:text-text disabled:text-faint disabled:hover:bg-transparent aria-disabled:text-muted aria-disabled:hover:bg-transparent",
  danger:
    "border-transparent bg-bad-fill text-on-bad-fill hover:bg-bad-fill-hover disabled:bg-well disabled:text-muted disabled:border-line aria-disabled:bg-well aria-disabled:text-muted aria-disabled:border-line",
};

const SIZES: { readonly [size in ButtonSize]: string } = {
  sm: "h-7 px-2.5 text-xs coarse:h-11 [&_svg]:size-3.5",
  md: "h-8 px-3 text-sm coarse:h-11 [&_svg]:size-4",
  lg: "h-10 px-4 text-base coarse:h-11 [&_svg]:size-4",
  icon: "size-8 text-sm coarse:size-11 [&_svg]:size-4",
  // Small between words; a finger meets it also a little beside.
  "icon-sm": "relative size-6 coarse:after:absolute coarse:after:-inset-2.5 [&_svg]:size-3.5",
};

export function buttonClass(variant: ButtonVariant, size: ButtonSize): string {
  return clsx(BASE, VARIANTS[variant], SIZES[size]);
}
