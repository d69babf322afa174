/** There is no such page. */
import Link from "next/link";
import { Message } from "../ui/message.tsx";

export default function NotFound() {
  return (
    <Message title="There is nothing here.">
      <p>The address may be mistyped, or what it led to is gone.</p>
      <p>
        <Link href="/">See what runs</Link>
      </p>
    </Message>
  );
}
