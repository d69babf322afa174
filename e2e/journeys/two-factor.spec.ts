import { expect } from "@playwright/test";
import { codeOf } from "@yolo/testkit/authenticator";
import { pointer } from "../hands/pointer.ts";
import { test } from "../hands/walk.ts";
import { askForPeople } from "../sign-in.ts";
import { signUpAside } from "../sign-up.ts";

const PERSON = {
  name: "Tove Twofactor",
  email: "tove@second.example",
  password: "tove types a lot",
};

test("with a second factor the password alone opens nothing; a code does, and each recovery code once", async ({
  stranger,
  product,
}) => {
  const { dashboard } = product.ready;
  const { email, password } = PERSON;
  const page = await stranger(pointer);
  const main = page.getByRole("main");
  await signUpAside(page, product, PERSON);
  await page.goto(`${dashboard}/account/security`);
  await pointer.press(page.getByRole("button", { name: "Switch on" }));
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("img", { name: "QR code with the secret" })).toBeVisible();
  const secret = (await page.getByText(/^[A-Z2-7]{32,}$/).textContent()) ?? "";
  await page.getByLabel("Code that the app shows").fill(codeOf(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  const shown = page.getByRole("region", { name: "Recovery codes" }).locator("code");
  const [recoveryCode = ""] = ((await shown.textContent()) ?? "").split("\n");
  await page.getByRole("button", { name: "I have kept them" }).click();

  const next = "next=%2Faccount%2Fsecurity";
  await page.context().clearCookies();
  await page.goto(`${dashboard}/sign-in?${next}`);
  await pointer.write(page.getByLabel("E-mail"), email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  const behind = await page.request.get(`${dashboard}/account`, { maxRedirects: 0 });
  expect(behind.headers().location).toMatch(/\/sign-in/);
  await page.getByLabel("Code").fill(codeOf(secret));
  await page.keyboard.press("Enter");
  await page.waitForURL(`${dashboard}/account/security`);

  for (const works of [true, false]) {
    await page.context().clearCookies();
    await askForPeople(page, dashboard, "sign-in", { email, password });
    await page.goto(`${dashboard}/second-factor?${next}`);
    await pointer.press(page.getByRole("button", { name: "Use a recovery code" }));
    await page.getByLabel("Recovery code").fill(recoveryCode);
    await page.keyboard.press("Enter");
    if (works) await page.waitForURL(`${dashboard}/account/security`);
    else await expect(main.getByRole("alert")).toContainText("does not work");
  }
});
