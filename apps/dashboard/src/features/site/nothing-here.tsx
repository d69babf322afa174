/** There is no such page; or none that this person may know of. */
import { LinkButton } from "../../ui/link-button.tsx";
import { Message } from "../../ui/message.tsx";

export function NothingHere() {
  return (
    <>
      {/* Metadata of the page that is missing failed with it. */}
      <title>Not found · yologateway</title>
      <Message title="There is nothing here." actions={<LinkButton href="/">Go home</LinkButton>}>
        The address may be mistyped, what it led to may be gone, or it belongs to an org that you
        are not a member of.
      </Message>
    </>
  );
}
