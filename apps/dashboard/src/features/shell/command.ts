/** Something that the palette can do. */
import type { LucideIcon } from "lucide-react";

interface Shown {
  readonly id: string;
  readonly label: string;
  /** Said after it, quietly. */
  readonly detail?: string;
  readonly icon: LucideIcon;
  /** The keys that do the same. */
  readonly keys?: readonly string[];
}

/** It leads somewhere, or does something here. */
export type Command =
  | (Shown & { readonly href: string })
  | (Shown & { readonly href?: undefined; run(): void });
