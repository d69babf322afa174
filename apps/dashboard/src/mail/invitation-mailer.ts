/** How verbs write to whoever is invited. */
import type { Context } from "@yolo/control/context";
import type { Deps } from "../deps.ts";
import { invitationLetter } from "./letters.ts";

export function invitationMailer({
  env,
  mailer,
}: Pick<Deps, "env" | "mailer">): NonNullable<Context["mailInvitation"]> {
  return ({ to, org, inviter, role, token }) => {
    const url = `${env.DASHBOARD_URL}/invite/${token}`;
    mailer.post(to, invitationLetter({ org, inviter, role, url }));
  };
}
