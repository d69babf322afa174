/** The link of an invitation, shown this once. */
import type { Output } from "../../data/api.ts";
import { CodeBlock } from "../../ui/code-block.tsx";

interface Props {
  readonly made: Pick<Output<"POST /invitations">, "email" | "token">;
  readonly dashboard: string;
  readonly sendsMail: boolean;
}

export function InvitationLink({ made, dashboard, sendsMail }: Props) {
  const { email, token } = made;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">
        {email === null
          ? "Whoever opens this link first joins. It works once, within seven days, and is not shown again."
          : sendsMail
            ? `A mail with this link is on its way to ${email}. Only the person of that address can accept it, within seven days.`
            : `This machine sends no mail: hand the link to ${email}. Only the person of that address can accept it, within seven days.`}
      </p>
      <CodeBlock code={`${dashboard}/invite/${token}`} title="Invitation" wrap />
    </div>
  );
}
