/** There is no such page; or none that this person may know of. */
import type { Metadata } from "next";
import { LinkButton } from "../ui/link-button.tsx";
import { Message } from "../ui/message.tsx";
import { SiteFrame } from "../ui/site-frame.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <SiteFrame>
      <Message title="There is nothing here." actions={<LinkButton href="/">Go home</LinkButton>}>
        The address may be mistyped, what it led to may be gone, or it belongs to an org that you
        are not a member of.
      </Message>
    </SiteFrame>
  );
}
