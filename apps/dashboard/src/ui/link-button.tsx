/** A link that looks like a button: it leads somewhere. */
import clsx from "clsx";
import Link from "next/link";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-style.ts";

interface Props extends React.ComponentProps<typeof Link> {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
}

export function LinkButton({ variant = "secondary", size = "md", className, ...rest }: Props) {
  return <Link {...rest} className={clsx(buttonClass(variant, size), className)} />;
}
