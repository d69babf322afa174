/**
 * Keys and nothing else, never `click()` or `focus()`: it goes from stop to stop until the one that is wanted has the
 * focus. On the way it holds what people who use keys need: the focus is never lost, can be seen, and every control
 * is a stop.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import { alive, look, type Stop } from "../pages/look.ts";
import { type Hand, typeRule } from "./hand.ts";

export const keyboard: Hand = {
  name: "by keyboard alone",
  screen: { viewport: { width: 1280, height: 860 } },
  async press(target) {
    const isRow = (await target.and(target.page().locator("[data-index] a")).count()) > 0;
    await reach(target, isRow ? ({ role }) => role === "row" : undefined);
    await target.page().keyboard.press("Enter");
  },
  async pick(one) {
    await reach(one, isOneOfAGroup);
    await one.page().keyboard.press("Space");
  },
  async choose(list, option) {
    await reach(list);
    await list.page().keyboard.type(option);
    await expect(list.locator("option:checked")).toHaveText(option);
  },
  async write(field, text) {
    await reach(field);
    await field.page().keyboard.press("ControlOrMeta+a");
    await field.page().keyboard.type(text);
  },
  send: (button) => button.page().keyboard.press("Enter"),
  async writeRule(editor, below, rule) {
    await reach(editor);
    const page = editor.page();
    const lines = await editor.locator(".cm-line").allTextContents();
    await page.keyboard.press("ControlOrMeta+Home");
    for (let line = 0; line < lines.indexOf(below); line++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await typeRule(page, rule);
  },
  visit: (page, name) =>
    keyboard.press(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name })),
  async search(page, text) {
    await alive(page);
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(text);
  },
};

const STOPS_MAX = 80;
const GROUP_MAX = 12;

/** Tab until it has the focus; among those of a group the arrows lead on. */
async function reach(
  target: Locator,
  isGroup: (stop: Stop) => boolean = () => false,
): Promise<void> {
  const page = target.page();
  await expect(target).toBeVisible();
  await alive(page);
  await expectNotLost(page);
  const passed: string[] = [];
  while (passed.length < STOPS_MAX) {
    const stop = await look(page, "stop");
    if (await hasFocus(target)) return expectSeen(target);
    if (isGroup(stop) && (await arrowTo(target))) return expectSeen(target);
    passed.push(stop.name);
    // An editor keeps the Tab key for itself until Escape.
    if (stop.role === "editor") await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
  }
  throw new Error(`no stop of the Tab key is ${target}; they were: ${passed.join(" · ")}`);
}

function isOneOfAGroup({ role }: Stop): boolean {
  return role === "radio" || role === "tab";
}

async function arrowTo(target: Locator): Promise<boolean> {
  for (let step = 0; step < GROUP_MAX; step++) {
    await target.page().keyboard.press("ArrowDown");
    if (await hasFocus(target)) return true;
  }
  return false;
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(":focus")).count()) > 0;
}

/** Where a dialog closed or a button went away, the focus must be somewhere again. */
async function expectNotLost(page: Page): Promise<void> {
  await expect.poll(() => look(page, "isFocusLost"), "the focus is lost").toBe(false);
}

async function expectSeen(target: Locator): Promise<void> {
  const page = target.page();
  await expect.poll(() => look(page, "isFocusSeen"), `a ring around ${target}`).toBe(true);
  await expect.poll(() => look(page, "isFocusUncovered"), `${target} is in sight`).toBe(true);
}
