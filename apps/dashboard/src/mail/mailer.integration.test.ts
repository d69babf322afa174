import { type MailServer, startMailServer } from "@yolo/testkit/mail-server";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { invitationLetter, resetLetter } from "./letters.ts";
import { createMailer } from "./mailer.ts";

let server: MailServer;
let logged: string[];
beforeEach(async () => {
  server = await startMailServer();
  logged = [];
});
afterEach(() => server[Symbol.asyncDispose]());

const TO = "olga@example.com";
const LETTER = resetLetter("https://app.example.com/reset?token=a-secret-token");

function mailer(url = server.url) {
  const logger = pino({ level: "trace" }, { write: (line: string) => logged.push(line) });
  return createMailer({ env: { SMTP_URL: url, MAIL_FROM: "Yolo <no-reply@example.com>" }, logger });
}

test("a mail has both a text and an HTML part, with the link whole in each", async () => {
  await mailer().send(TO, LETTER);
  const mail = await server.next(TO);
  expect(mail).toMatchObject({ from: "no-reply@example.com", subject: "Choose a new password" });
  expect(mail.link).toBe(LETTER.action?.url);
  expect(mail.html).toContain(`href="${LETTER.action?.url}"`);
  expect(mail.html).toContain('name="color-scheme" content="light dark"');
  expect(mail.html).not.toMatch(/<(?:img|script|link)\b|url\(/);
  for (const line of mail.text.split("\n").filter((text) => !text.startsWith("http"))) {
    expect(line.length).toBeLessThanOrEqual(76);
  }
});

test.for([["later"], ["cut"]] as const)(
  "a server that is %s is asked again, and the mail arrives once",
  async ([fault]) => {
    server.fail(fault);
    await mailer().send(TO, LETTER);
    expect(server.attempts()).toBe(2);
    expect(server.received).toHaveLength(1);
  },
);

test("what a server refuses for good is not sent again", async () => {
  server.fail("never");
  await expect(mailer().send(TO, LETTER)).rejects.toThrow(/550/);
  expect(server.attempts()).toBe(1);
});

test("a mail that cannot be sent is logged by its subject, without its link and whom it was for", async () => {
  server.fail("never");
  const { post } = mailer();
  post(TO, LETTER);
  await expect.poll(() => logged.join("")).toContain("mail was not sent");
  expect(logged.join("")).toContain(LETTER.subject);
  expect(logged.join("")).not.toContain("a-secret-token");
});

test("names that people chose are text: they bring no markup and no header along", async () => {
  const org = '<a href="https://evil.example">Prize</a>\r\nBcc: all@example.com';
  const url = "https://app.example.com/invite/token";
  const facts = { org, inviter: "Mallory", role: "admin", url };
  await mailer().send(TO, invitationLetter(facts));
  const { html, subject } = await server.next(TO);
  expect(html).not.toContain('<a href="https://evil.example');
  expect(subject).not.toMatch(/[\r\n]/);
  expect(server.received.map(({ to }) => to)).toEqual([TO]);
});
