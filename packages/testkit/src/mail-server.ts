/** A mail server over real SMTP: keeps what it is sent, parsed, and fails as it is told to. */
import { once } from "node:events";
import type { Socket } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The first address in the text, as a person would open it. */
  readonly link: string;
}

/** What it does with a mail: `later` is a 451, after which a client tries again; `never` a 550; `cut` hangs up. */
export type MailFault = "later" | "never" | "cut";

export interface MailServer extends AsyncDisposable {
  /** `smtp://127.0.0.1:…` */
  readonly url: string;
  /** Oldest first. */
  readonly received: readonly ReceivedMail[];
  /** How many times somebody tried to hand over a mail. */
  attempts(): number;
  /** The next mails meet these, one each. */
  fail(...faults: readonly MailFault[]): void;
  /** The first mail to this address, received already or later, about this; each mail is handed out once. */
  next(to: string, subject?: RegExp): Promise<ReceivedMail>;
}

const REFUSALS = {
  later: { responseCode: 451, message: "try again later" },
  never: { responseCode: 550, message: "no such mailbox" },
} as const;

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const taken = new Set<ReceivedMail>();
  const waiting = new Set<() => void>();
  const sockets = new Set<Socket>();
  const faults: MailFault[] = [];
  let attempts = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    onData(stream, _session, done) {
      attempts += 1;
      const fault = faults.shift();
      void readAll(stream).then(async (bytes) => {
        if (fault === "cut") {
          for (const socket of sockets) socket.destroy();
        } else if (fault !== undefined) done(refusal(fault));
        else {
          received.push(await parse(bytes));
          done();
          for (const look of waiting) look();
        }
      });
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const address = listening.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    attempts: () => attempts,
    fail: (...more) => void faults.push(...more),
    async next(to, subject = /./) {
      for (;;) {
        const mail = received.find(
          (one) => one.to === to && !taken.has(one) && subject.test(one.subject),
        );
        if (mail !== undefined) {
          taken.add(mail);
          return mail;
        }
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
        waiting.delete(resolve);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function refusal(fault: keyof typeof REFUSALS): Error {
  const { responseCode, message } = REFUSALS[fault];
  return Object.assign(new Error(message), { responseCode });
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function parse(bytes: Buffer): Promise<ReceivedMail> {
  const { from, to, subject = "", text = "", html = "" } = await PostalMime.parse(bytes);
  const [first] = to ?? [];
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? "";
  return { from: from?.address ?? "", to: first?.address ?? "", subject, text, html, link };
}
