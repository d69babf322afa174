"use client";

/** Brings the next page of a short list; nothing once all of it is there. */
import { Button } from "./button.tsx";

interface Props {
  readonly pages: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
}

export function MoreButton({ pages }: Props) {
  if (!pages.hasNextPage) return null;
  return (
    <Button
      className="self-center"
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      Show more
    </Button>
  );
}
