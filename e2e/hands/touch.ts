/** Fingers on a phone of 360 pixels: whatever is pressed must be there, and no page may be wider than the screen. */
import { expect, type Locator, type Page } from "@playwright/test";
import { alive, look } from "../pages/look.ts";
import { behind, type Hand } from "./hand.ts";

export const touch: Hand = {
  name: "by touch at 360 px",
  screen: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  press: tap,
  pick: tap,
  async choose(list, option) {
    await tap(list);
    await list.selectOption({ label: option });
  },
  async write(field, text) {
    await tap(field);
    await field.fill(text);
  },
  send: tap,
  // Pasted, since a phone has no Escape to close what the editor suggests.
  async writeRule(editor, below, rule) {
    await expectFit(editor.page());
    const { line, position } = await behind(editor, below);
    await line.tap({ position });
    const [first, ...more] = rule;
    const pasted = [`  ${first}`, ...more.map((one) => `    ${one}`)];
    await editor.page().keyboard.insertText(`\n${pasted.join("\n")}`);
  },
  async visit(page, name) {
    await tap(page.getByRole("button", { name: "Menu", exact: true }));
    await tap(page.getByRole("dialog", { name: "Menu" }).getByRole("link", { name }));
  },
  async search(page, text) {
    await tap(page.getByRole("button", { name: "Search or go to" }));
    await tap(page.getByRole("combobox"));
    await page.keyboard.insertText(text);
  },
};

async function tap(target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await expectFit(target.page());
  await target.tap();
}

async function expectFit(page: Page): Promise<void> {
  await alive(page);
  // What slides in or out may be on its way.
  await expect.poll(() => look(page, "overflow"), "what reaches beyond the screen").toEqual([]);
}
