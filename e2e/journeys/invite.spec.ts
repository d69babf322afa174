import { expect } from "@playwright/test";
import { HANDS, test } from "../hands/walk.ts";
import { mailedLink, signUp } from "../sign-up.ts";

for (const [place, hand] of HANDS.entries()) {
  const colleague = {
    name: `Cora Colleague ${place}`,
    email: `cora-${place}@demo.example`,
    password: "cora has a cat",
  };

  test(`${hand.name}: an invited colleague joins with the role chosen, can do what it allows and nothing more`, async ({
    owner: openOwner,
    stranger: openStranger,
    product,
  }) => {
    const { dashboard, org } = product.ready;
    const owner = await openOwner(hand);
    const dialog = owner.getByRole("dialog");
    await owner.goto(`${dashboard}/${org}/settings/members`);
    await hand.press(owner.getByRole("button", { name: "Invite", exact: true }));
    await hand.write(dialog.getByLabel("E-mail"), colleague.email);
    await hand.choose(dialog.getByLabel("Role", { exact: true }), "approver");
    await hand.press(dialog.getByRole("button", { name: "Invite" }));
    const shown = dialog.locator("code").filter({ hasText: "/invite/" });
    const link = (await shown.textContent()) ?? "";
    expect(link).toBe(await mailedLink(product.data, colleague.email));
    await hand.press(dialog.getByRole("button", { name: "Done" }));
    await expect(dialog).toBeHidden();

    const guest = await openStranger(hand);
    await guest.goto(link);
    await expect(guest.getByText(`invites ${colleague.email} to Demo as approver`)).toBeVisible();
    await hand.press(guest.getByRole("link", { name: "Sign up to join" }));
    await guest.waitForURL("**/sign-up?**");
    await signUp(guest, product, colleague, hand);
    await hand.press(guest.getByRole("button", { name: "Join Demo" }));
    await guest.waitForURL(`${dashboard}/${org}`);

    const headers = { "yolo-org": org, origin: dashboard, "sec-fetch-site": "same-origin" };
    const asGuest = (method: string, path: string, data?: object) =>
      guest.request.fetch(`${dashboard}/api/v1${path}`, { method, headers, ...(data && { data }) });
    expect((await asGuest("POST", "/projects", { slug: "coras", name: "C" })).status()).toBe(403);

    await owner.reload();
    await hand.choose(owner.getByLabel(`Role of ${colleague.name}`), "developer");
    await expect(owner.getByText(`${colleague.name} is developer now`)).toBeVisible();
    const members = await (await asGuest("GET", "/members")).json();
    const own = members.data.find((one: { email: string }) => one.email === colleague.email);
    expect(own.role).toBe("developer");
    expect((await asGuest("PATCH", `/members/${own.id}`, { role: "owner" })).status()).toBe(403);
    expect((await asGuest("POST", "/invitations", { role: "admin" })).status()).toBe(403);
    const project = { slug: `coras-${place}`, name: "C" };
    expect((await asGuest("POST", "/projects", project)).status()).toBe(201);
    await hand.visit(guest, "Settings");
    await hand.press(guest.getByRole("link", { name: "Members" }));
    const invite = guest.getByRole("button", { name: "Invite", exact: true });
    await expect(invite).toHaveAttribute("aria-disabled", "true");
    await expect(invite).toHaveAccessibleDescription("For the roles owner and admin.");

    const second = await guest.request.get(link);
    expect(await second.text()).toContain("This invitation does not work any more");
    await hand.press(owner.getByRole("button", { name: `Remove ${colleague.name}` }));
    await hand.write(dialog.getByRole("textbox"), colleague.name);
    await hand.send(dialog.getByRole("button", { name: "Remove member" }));
    await expect(owner.getByRole("cell", { name: colleague.email })).toHaveCount(0);
    await hand.visit(owner, "Home");
    expect((await asGuest("GET", "/projects")).status()).toBe(404);
    expect((await guest.request.get(`${dashboard}/${org}/activity`)).status()).toBe(404);
  });
}
