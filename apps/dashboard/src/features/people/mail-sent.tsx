/** A mail is on its way; on one's own machine, where none is sent, where to find its link. */
import { PeopleCard } from "./people-card.tsx";

interface Props {
  /** What the mail holds. */
  readonly children: React.ReactNode;
  readonly footer?: React.ReactNode;
  /** Whether mail leaves this machine. */
  readonly sends: boolean;
}

export function MailSent({ children, footer, sends }: Props) {
  return (
    <PeopleCard title={sends ? "Look at your mail" : "Look at the terminal"} footer={footer}>
      <div className="flex flex-col gap-3 text-base">
        <p>{children}</p>
        {!sends && (
          <p className="rounded-md border border-line bg-well px-3 py-2 text-sm">
            This machine sends no mail: the link stands in the terminal in which{" "}
            <code>npm start</code> runs. With <code>SMTP_URL</code> set, it is sent.
          </p>
        )}
      </div>
    </PeopleCard>
  );
}
