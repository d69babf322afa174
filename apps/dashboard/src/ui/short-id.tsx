"use client";

/** An id, short enough for a line; the whole of it is copied. */
import { CopyButton } from "./copy-button.tsx";
import { shortenId } from "./shorten-id.ts";
import { TextLink } from "./text-link.tsx";

interface Props {
  readonly id: string;
  /** Where it leads. */
  readonly href?: string;
  readonly copy?: boolean;
}

export function ShortId({ id, href, copy = true }: Props) {
  const text = (
    <code title={id} className="font-mono text-xs">
      {shortenId(id)}
    </code>
  );
  return (
    <span className="inline-flex items-center gap-0.5 whitespace-nowrap">
      {href === undefined ? text : <TextLink href={href}>{text}</TextLink>}
      {copy && <CopyButton text={id} label={`Copy ${id}`} />}
    </span>
  );
}
