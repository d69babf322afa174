/** Sends mail through SMTP; in local mode without a server it prints each mail's link to the terminal instead. */
import { createTransport } from "nodemailer";
import type { Logger } from "pino";
import type { Env } from "../env.ts";
import { type Letter, renderHtml, renderText } from "./letter.ts";

export interface Mailer {
  /** Whether mail leaves this machine; false: it is printed. */
  readonly sends: boolean;
  /** Resolves once the mail server took it. Throws when it did not, after three tries. */
  send(to: string, letter: Letter): Promise<void>;
  /** As `send`, for what nobody waits for; a failure is logged. */
  post(to: string, letter: Letter): void;
}

interface Parts {
  readonly env: Pick<Env, "SMTP_URL" | "MAIL_FROM">;
  readonly logger: Logger;
}

const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 10_000;
const PAUSES_MS = [500, 2_000];

export function createMailer({ env, logger }: Parts): Mailer {
  const send = env.SMTP_URL === undefined ? print : bySmtp(env.SMTP_URL, env.MAIL_FROM);
  return {
    sends: env.SMTP_URL !== undefined,
    send,
    post(to, letter) {
      send(to, letter).catch((thrown) => {
        logger.error({ detail: String(thrown), subject: letter.subject }, "mail was not sent");
      });
    },
  };
}

function bySmtp(url: string, from: string): Mailer["send"] {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
  });
  return async (to, letter) => {
    const mail = {
      ...{ from, subject: letter.subject },
      // As a list of one: nothing in an address makes it two.
      to: [{ name: "", address: to }],
      text: renderText(letter),
      html: renderHtml(letter),
    };
    for (const pause of PAUSES_MS) {
      try {
        await transport.sendMail(mail);
        return;
      } catch (thrown) {
        if (isFinal(thrown)) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    await transport.sendMail(mail);
  };
}

/** What the server refuses for good (RFC 5321 §4.2.1: 5yz) is not sent again. */
function isFinal(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !("responseCode" in thrown)) return false;
  return Number(thrown.responseCode) >= 500;
}

/** One line, which `npm start` shows. */
async function print(to: string, { subject, action }: Letter): Promise<void> {
  process.stdout.write(`mail ${JSON.stringify({ to, subject, link: action?.url ?? null })}\n`);
}
