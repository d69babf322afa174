/** A link in running text. */
import clsx from "clsx";
import Link from "next/link";

export function TextLink({ className, ...rest }: React.ComponentProps<typeof Link>) {
  return <Link {...rest} className={clsx(TEXT_LINK, className)} />;
}

const TEXT_LINK =
  "text-link underline decoration-link/40 decoration-1 underline-offset-3 hover:decoration-link";
