/** Mail that the dashboard prints because this machine has no mail server, shown to whoever runs `npm start`. */
import { z } from "zod";

export const PRINTED_MAIL = /^mail \{/;

const mail = z.object({ to: z.string(), subject: z.string(), link: z.string().nullable() });

/** To whom, what about, and the link in it. */
export function describeMail(line: string): string {
  const { to, subject, link } = mail.parse(JSON.parse(line.slice("mail ".length)));
  return `\nMail to ${to}: ${subject}${link === null ? "" : `\n  ${link}`}`;
}
