/** The org has no such page, or nothing of this id. */
import type { Metadata } from "next";
import { Message } from "../../ui/message.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Message title="There is nothing here.">
      The address may be mistyped, or what it led to is gone. Press ⌘K, or Ctrl K, to look for it by
      its name or id.
    </Message>
  );
}
