import { expect } from "@playwright/test";
import { test } from "../journey.ts";
import { openSignedIn } from "../open-signed-in.ts";
import { mailedLink } from "../sign-up.ts";

const COLLEAGUE = {
  name: "Cora Colleague",
  email: "cora@demo.example",
  password: "cora has a cat",
};

test("an invited colleague joins with the role chosen, can do what it allows and nothing more", async ({
  browser,
  product,
}) => {
  const { dashboard, org } = product.ready;
  const owner = await openSignedIn(browser, product.ready);
  await owner.goto(`${dashboard}/${org}/settings/members`);
  await owner.getByRole("button", { name: "Invite" }).click();
  await owner.getByLabel("E-mail").fill(COLLEAGUE.email);
  await owner.getByLabel("Role", { exact: true }).selectOption("developer");
  await owner.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
  const shown = owner.getByRole("dialog").locator("code").filter({ hasText: "/invite/" });
  const link = (await shown.textContent()) ?? "";
  expect(link).toBe(await mailedLink(product.data, COLLEAGUE.email));

  const guest = await (await browser.newContext()).newPage();
  await guest.goto(link);
  await expect(guest.getByText("invites cora@demo.example to Demo as developer")).toBeVisible();
  await guest.getByRole("link", { name: "Sign up to join" }).click();
  await guest.getByLabel("Your name").fill(COLLEAGUE.name);
  await expect(guest.getByLabel("E-mail")).toHaveValue(COLLEAGUE.email);
  await guest.getByLabel("Password").fill(COLLEAGUE.password);
  await guest.getByRole("button", { name: "Sign up" }).click();
  await guest.getByRole("heading", { name: "Look at the terminal" }).waitFor();
  await guest.goto(await mailedLink(product.data, COLLEAGUE.email));
  await guest.getByLabel("Password").fill(COLLEAGUE.password);
  await guest.getByRole("button", { name: "Confirm and go on" }).click();
  await guest.getByRole("button", { name: "Join Demo" }).click();
  await guest.waitForURL(`${dashboard}/${org}`);

  await guest.goto(`${dashboard}/${org}/settings/members`);
  await expect(guest.getByRole("button", { name: "Invite" })).toHaveAttribute(
    ...(["aria-disabled", "true"] as const),
  );
  const headers = { "yolo-org": org, origin: dashboard, "sec-fetch-site": "same-origin" };
  const asGuest = (method: string, path: string, data?: object) =>
    guest.request.fetch(`${dashboard}/api/v1${path}`, { method, headers, ...(data && { data }) });
  const members = await (await asGuest("GET", "/members")).json();
  const own = members.data.find((one: { email: string }) => one.email === COLLEAGUE.email);
  expect(own.role).toBe("developer");
  expect((await asGuest("PATCH", `/members/${own.id}`, { role: "owner" })).status()).toBe(403);
  expect((await asGuest("POST", "/invitations", { role: "admin" })).status()).toBe(403);
  expect((await asGuest("POST", "/projects", { slug: "coras", name: "C" })).status()).toBe(201);

  await guest.goto(link);
  await expect(guest.getByRole("heading")).toHaveText("This invitation does not work any more");
  await owner.reload();
  await owner.getByRole("button", { name: `Remove ${COLLEAGUE.name}` }).click();
  await owner.getByRole("dialog").getByRole("textbox").fill(COLLEAGUE.name);
  await owner.getByRole("button", { name: "Remove member" }).click();
  await expect(owner.getByRole("cell", { name: COLLEAGUE.email })).toHaveCount(0);
  expect((await asGuest("GET", "/projects")).status()).toBe(404);
});
