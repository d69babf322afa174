/** A pointer, and keys for text alone, at a wide screen. */
import { expect, type Locator } from "@playwright/test";
import { alive } from "../pages/look.ts";
import { behind, type Hand, typeRule } from "./hand.ts";

export const pointer: Hand = {
  name: "by pointer",
  screen: { viewport: { width: 1280, height: 860 } },
  press: click,
  pick: click,
  async choose(list, option) {
    await list.selectOption({ label: option });
  },
  async write(field, text) {
    await click(field);
    await field.fill(text);
  },
  send: click,
  async writeRule(editor, below, rule) {
    await alive(editor.page());
    const { line, position } = await behind(editor, below);
    await line.click({ position });
    await typeRule(editor.page(), rule);
  },
  visit: (page, name) =>
    click(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name })),
  async search(page, text) {
    await click(page.getByRole("button", { name: /^Search or go to/ }));
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(text);
  },
};

async function click(target: Locator): Promise<void> {
  await alive(target.page());
  await target.click();
}
