import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { HANDS, test } from "../hands/walk.ts";
import { mailedLink, signUpAndFound } from "../sign-up.ts";

const SECOND = "another long sentence";

for (const [place, hand] of HANDS.entries()) {
  const stella = {
    name: "Stella Stranger",
    email: `stella-${place}@stranger.example`,
    password: "a long enough sentence",
  };
  const org = { name: `Demo of Stella ${place}`, slug: `demo-of-stella-${place}` };

  test.describe(hand.name, () => {
    test.describe.configure({ mode: "serial" });

    test("a stranger signs up, founds an org, makes the first call by the real SDK and sees it", async ({
      stranger,
      product,
    }) => {
      const page = await stranger(hand);
      await page.goto(`${product.ready.dashboard}/sign-up?next=https%3A%2F%2Fevil.example%2F`);
      await expect(page.getByLabel("Your name")).toBeFocused();
      await hand.write(page.getByLabel("Your name"), stella.name);
      await hand.write(page.getByLabel("E-mail"), stella.email);
      await hand.write(page.getByLabel("Password"), "short");
      await hand.send(page.getByRole("button", { name: "Sign up" }));
      const alert = page.getByRole("main").getByRole("alert");
      await expect(alert).toContainText("at least 12 characters");
      await signUpAndFound(page, product, stella, org, hand);

      await expect(page.getByText("Waiting for the first call")).toBeVisible();
      await hand.press(page.getByRole("button", { name: "Make the key" }));
      const key = (await page.getByTestId("agent-key").textContent()) ?? "";
      await hand.pick(page.getByRole("tab", { name: "TypeScript" }));
      const block = await page.getByRole("tabpanel", { name: "TypeScript" }).textContent();
      expect(block).toContain(key);
      const [, baseURL = ""] = /baseURL: "([^"]+)"/.exec(block ?? "") ?? [];
      const client = new Anthropic({ baseURL, apiKey: key, authToken: null, maxRetries: 0 });
      await client.messages.create({
        model: "claude-sonnet-5-5",
        max_tokens: 100,
        messages: [{ role: "user", content: "hello" }],
      });
      const panel = page.getByRole("region", { name: "The latest call" });
      for (const told of ["Allowed", "Done", "claude-code", "anthropic/claude-sonnet-5-5"]) {
        await expect(panel).toContainText(told);
      }
      await hand.press(panel.getByRole("link", { name: "Open the record" }));
      await page.waitForURL(/\/records\/req_/);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(
        "claude-code was allowed",
      );
    });

    test("whoever forgot the password comes back with another", async ({ stranger, product }) => {
      const page = await stranger(hand);
      const members = `${product.ready.dashboard}/${org.slug}/settings/members`;
      const signIn = async (password: string) => {
        await hand.write(page.getByLabel("Password"), password);
        await hand.send(page.getByRole("button", { name: "Sign in" }));
      };
      await page.goto(members);
      await expect(page).toHaveURL(new RegExp(`/sign-in\\?next=%2F${org.slug}%2Fsettings%2Fmem`));
      await hand.press(page.getByRole("link", { name: "Forgot your password?" }));
      await page.waitForURL("**/forgot");
      await hand.write(page.getByLabel("E-mail"), stella.email);
      await hand.send(page.getByRole("button", { name: "Send the link" }));
      await expect(page.getByRole("heading", { name: "Look at the terminal" })).toBeVisible();
      await page.goto(await mailedLink(product.data, stella.email));
      await hand.write(page.getByLabel("New password"), SECOND);
      await hand.send(page.getByRole("button", { name: "Set the password" }));
      await page.waitForURL(/\/sign-in\?reset/);
      await page.goto(members);
      await hand.write(page.getByLabel("E-mail"), stella.email);
      await signIn(stella.password);
      const alert = page.getByRole("main").getByRole("alert");
      await expect(alert).toContainText("do not belong together");
      await signIn(SECOND);
      await page.waitForURL(members);
      await expect(page.getByRole("cell", { name: stella.email })).toBeVisible();
    });
  });
}
