/** What we write to people. No letter holds a password or a code; each says why it came. */
import type { Letter } from "./letter.ts";

export function verifyLetter(url: string): Letter {
  return {
    subject: "Confirm your address",
    paragraphs: [
      "Welcome to yologateway. One step is left: confirm that this address is yours.",
      "The link works for 24 hours and asks for the password that you chose.",
    ],
    action: { label: "Confirm address", url },
    closing:
      "You get this because somebody signed up with this address. If it was not you, do nothing: no account comes of it.",
  };
}

export function alreadyLetter(dashboard: string): Letter {
  return {
    subject: "You have an account already",
    paragraphs: [
      "Somebody, probably you, signed up with this address again. It has an account, which was left as it is.",
      `Sign in with your password, or choose a new one at ${dashboard}/forgot if you do not remember it or never confirmed the address.`,
    ],
    action: { label: "Sign in", url: `${dashboard}/sign-in` },
    closing:
      "If it was not you, do nothing: nobody learns from us that this address has an account.",
  };
}

export function resetLetter(url: string): Letter {
  return {
    subject: "Choose a new password",
    paragraphs: [
      "Somebody, probably you, asked for a new password. The link works once, within an hour.",
      "With the new password every session ends and you sign in again.",
    ],
    action: { label: "Choose a new password", url },
    closing: "If it was not you, do nothing: your password stays as it is.",
  };
}

/** Of what changed on an account, so that its person learns of it even when it was somebody else. */
export function noticeLetter(what: string, dashboard: string): Letter {
  return {
    subject: what,
    paragraphs: [`${what}. If it was you, there is nothing to do.`],
    action: { label: "Not you? Choose a new password", url: `${dashboard}/forgot` },
    closing: "You get this because it concerns how you sign in.",
  };
}

export interface InvitationFacts {
  readonly org: string;
  readonly inviter: string;
  readonly role: string;
  readonly url: string;
}

export function invitationLetter({ org, inviter, role, url }: InvitationFacts): Letter {
  return {
    subject: `${inviter} invites you to ${org}`,
    paragraphs: [
      `${inviter} invites you to join ${org} on yologateway as ${role}.`,
      "The link works once, within seven days, for this address only.",
    ],
    action: { label: `Join ${org}`, url },
    closing: "If you do not know them, do nothing: the invitation ends by itself.",
  };
}
