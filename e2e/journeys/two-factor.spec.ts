import { expect } from "@playwright/test";
import { codeOf } from "@yolo/testkit/authenticator";
import { test } from "../journey.ts";
import { lookInto } from "../pages/look.ts";
import { signUpAndFound } from "../sign-up.ts";

const PERSON = {
  name: "Tove Twofactor",
  email: "tove@second.example",
  password: "tove types a lot",
};

test("with a second factor the password alone opens nothing; a code does, and each recovery code once", async ({
  page,
  product,
}) => {
  const { dashboard } = product.ready;
  await lookInto(page.context());
  await signUpAndFound(page, product, PERSON, { name: "Second", slug: "second" });
  await page.goto(`${dashboard}/account/security`);
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByLabel("Your password").fill(PERSON.password);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("img", { name: "QR code with the secret" })).toBeVisible();
  const secret = (await page.getByText(/^[A-Z2-7]{32,}$/).textContent()) ?? "";
  await page.getByLabel("Code that the app shows").fill(codeOf(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  const shown = await page
    .getByRole("region", { name: "Recovery codes" })
    .locator("code")
    .textContent();
  const [recoveryCode = ""] = (shown ?? "").split("\n");
  await page.getByRole("button", { name: "I have kept them" }).click();

  const signIn = async () => {
    await page.context().clearCookies();
    await page.goto(`${dashboard}/sign-in?next=%2Faccount%2Fsecurity`);
    await page.getByLabel("E-mail").fill(PERSON.email);
    await page.getByLabel("Password").fill(PERSON.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  };
  await signIn();
  await page.goto(`${dashboard}/account`);
  await expect(page).toHaveURL(/\/sign-in/);

  await signIn();
  await page.getByLabel("Code").fill(codeOf(secret));
  await page.keyboard.press("Enter");
  await page.waitForURL(`${dashboard}/account/security`);

  for (const works of [true, false]) {
    await signIn();
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(recoveryCode);
    await page.keyboard.press("Enter");
    if (works) await page.waitForURL(`${dashboard}/account/security`);
    else await expect(page.getByRole("main").getByRole("alert")).toContainText("does not work");
  }
});
