/** Pages of the site, and of people who are in no org yet or whom it does not concern. */
import type { Page } from "@playwright/test";
import { type PageCheck, press } from "./page-check.ts";

const NOTHING_LISTED = { never: "it lists nothing" };
const ASKS_NOTHING = { never: "it is the same for everybody, and asks nothing" };

export const PEOPLE_PAGES: readonly PageCheck[] = [
  {
    ...{ page: "(site)", path: "/", heading: /Let agents run/, signedOut: true },
    ...{ empty: NOTHING_LISTED, error: ASKS_NOTHING },
  },
  {
    ...{ page: "(site)/status", path: "/status", heading: "Everything runs.", signedOut: true },
    empty: NOTHING_LISTED,
    error: (page) => page.getByText("This page has lost its server.").waitFor(),
  },
  {
    ...{ page: "(site)/docs", path: "/docs", heading: "Docs", signedOut: true },
    ...{ empty: NOTHING_LISTED, error: ASKS_NOTHING },
  },
  {
    ...{ page: "(site)/docs/[name]", path: "/docs/errors", heading: "Errors", signedOut: true },
    ...{ empty: NOTHING_LISTED, error: ASKS_NOTHING },
    states: [
      {
        ...{ name: "missing", path: "/docs/nothing", heading: "There is nothing here." },
        ...{ status: 404, complains: /404/, signedOut: true },
      },
    ],
  },
  {
    ...{ page: "(people)/sign-in", path: "/sign-in", heading: "Sign in", signedOut: true },
    empty: NOTHING_LISTED,
    error: send("Sign in", { "E-mail": "nobody@example.com", Password: "not this one at all" }),
    states: [{ name: "a new password is set", path: "/sign-in?reset=1", signedOut: true }],
  },
  {
    ...{ page: "(people)/sign-up", path: "/sign-up", heading: "Sign up", signedOut: true },
    empty: NOTHING_LISTED,
    error: send("Sign up", {
      ...{ "Your name": "Nora", "E-mail": "nora@example.com", Password: "a sentence of mine" },
    }),
    states: [{ name: "sent", path: "/sign-up?sent=1", heading: /Look at the/, signedOut: true }],
  },
  {
    ...{ page: "(people)/verify", path: "/verify?token=x", heading: "Confirm your address" },
    ...{ signedOut: true, empty: NOTHING_LISTED },
    error: send("Confirm and go on", { Password: "a sentence of mine" }),
    states: [
      { name: "incomplete", path: "/verify", heading: "This link is incomplete", signedOut: true },
    ],
  },
  {
    ...{ page: "(people)/second-factor", path: "/second-factor", heading: "One more step" },
    ...{ signedOut: true, empty: NOTHING_LISTED, error: send("Go on", { Code: "123456" }) },
  },
  {
    ...{ page: "(people)/forgot", path: "/forgot", heading: /password/i, signedOut: true },
    ...{ empty: NOTHING_LISTED, error: send("Send the link", { "E-mail": "nora@example.com" }) },
    states: [{ name: "sent", path: "/forgot?sent=1", heading: /Look at the/, signedOut: true }],
  },
  {
    ...{ page: "(people)/reset", path: "/reset?token=x", heading: "Choose a new password" },
    ...{ signedOut: true, empty: NOTHING_LISTED },
    error: send("Set the password", { "New password": "a sentence of mine" }),
    states: [
      { name: "incomplete", path: "/reset", heading: "This link is incomplete", signedOut: true },
    ],
  },
  {
    ...{ page: "(people)/invite/[token]", path: "/invite/{invitation}", heading: "Join Large" },
    ...{ empty: NOTHING_LISTED, error: press("Join Large") },
    states: [
      { name: "for a stranger", path: "/invite/{invitation}", signedOut: true },
      { name: "ended", path: "/invite/x", heading: /does not work any more/, signedOut: true },
    ],
  },
  {
    ...{ page: "(people)/orgs/new", path: "/orgs/new", heading: "New org" },
    ...{ empty: NOTHING_LISTED, error: send("Create the org", { Name: "Acme", Slug: "acme-e2e" }) },
  },
  {
    ...{ page: "(people)/account", path: "/account", heading: /./, error: "frame" },
    empty: { never: "whoever has an org lists it; who has none is in the journey of sign-up" },
  },
  {
    ...{ page: "(people)/account/security", path: "/account/security", heading: /./ },
    ...{ error: "frame", empty: { never: "one is signed in, so there is a session and an event" } },
    dialogs: [
      {
        ...{ file: "account/password-dialog.tsx", name: "Switch on the second factor" },
        ...{ open: press("Switch on"), refused: "itself" },
      },
    ],
  },
];

/** Fills the form in and sends it. */
function send(
  action: string,
  fields: Readonly<Record<string, string>>,
): (page: Page) => Promise<void> {
  return async (page) => {
    for (const [label, value] of Object.entries(fields)) {
      await page.getByLabel(label, { exact: true }).fill(value);
    }
    await page.getByRole("button", { name: action, exact: true }).click();
  };
}
