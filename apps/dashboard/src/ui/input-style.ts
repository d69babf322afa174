/** How everything that is typed into or chosen from is drawn. */
import clsx from "clsx";

export const INPUT = clsx(
  "w-full min-w-0 rounded-md border border-field bg-raised px-2.5 text-base text-text",
  "placeholder:text-muted hover:border-muted focus:border-link focus:outline-2 focus:outline-link/35 focus:outline-offset-0",
  "aria-invalid:border-bad aria-invalid:focus:outline-bad/35",
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-well disabled:text-muted",
  "coarse:text-lg",
);

export const INPUT_HEIGHT = "h-8 coarse:h-11";
