/** Every page with everything in it, in each of its other states, and each of its dialogs. */
import { expect, type Locator } from "@playwright/test";
import type { Backstage } from "../backstage.ts";
import type { Places } from "./furnish.ts";
import { look, type Paint, scriptBytes, settled } from "./look.ts";
import { ORG_PAGES } from "./org-pages.ts";
import type { DialogCheck, PageCheck, StateCheck } from "./page-check.ts";
import { PEOPLE_PAGES } from "./people-pages.ts";
import { refuse } from "./refusals.ts";
import { expectSound, WIDE } from "./sound.ts";
import { test as base, fill } from "./visit.ts";
import type { Visitor } from "./visitor.ts";

const SCRIPT_BYTES_MAX = 200 * 1024;
const LOADS_MAX = 6;
const LCP_MS_MAX = 1_500;
const CLS_MAX = 0.02;

interface Around {
  readonly member: Visitor;
  readonly stranger: Visitor;
  readonly places: Places;
  readonly backstage: Backstage;
}

interface Checked {
  readonly check: PageCheck;
  readonly visitor: Visitor;
  readonly places: Places;
  readonly backstage: Backstage;
}

const test = base.extend<{ around: Around }>({
  around: ({ member, stranger, places, backstage }, use) =>
    use({ member, stranger, places, backstage }),
});

for (const check of [...PEOPLE_PAGES, ...ORG_PAGES]) {
  test(`${check.page} is accessible, fits, is light and answers soon`, async ({ around }) => {
    const checked = lookAt(check, check, around);
    await expectLight(checked);
    await expectState({ name: "full", ...check }, checked);
    await expectDialogs(check.dialogs ?? [], checked);
    expectNoComplaint(checked.visitor, check);
  });

  for (const state of statesOf(check)) {
    test(`${check.page}, ${state.name}, is accessible and fits`, async ({ around }) => {
      const checked = lookAt(check, state, around);
      await goTo(state, checked);
      await expectState(state, checked);
      await expectDialogs(state.dialogs ?? [], checked);
      expectNoComplaint(checked.visitor, state);
    });
  }
}

function statesOf({ empty, states = [] }: PageCheck): readonly StateCheck[] {
  return "never" in empty ? states : [...states, { name: "empty", ...empty }];
}

function lookAt(check: PageCheck, { signedOut }: StateCheck | PageCheck, around: Around): Checked {
  const { member, stranger, ...rest } = around;
  return { check, visitor: signedOut ? stranger : member, ...rest };
}

/** Measured on the way: the least of a few loads, since whatever else this machine does only adds to it. */
async function expectLight({ check, visitor, places }: Checked): Promise<void> {
  const { page } = visitor;
  const paints: Paint[] = [];
  for (let load = 0; load < LOADS_MAX; load++) {
    const response = await visitor.load(fill(check.path, places));
    expect(response?.status()).toBe(check.status ?? 200);
    await settled(page);
    paints.push(await look(page, "paint"));
    if (load === 0) {
      const bytes = await scriptBytes(page, (await response?.text()) ?? "");
      expect(bytes).toBeGreaterThan(0);
      expect.soft(bytes, "bytes of scripts").toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
    }
    if (paints.some(({ lcp, cls }) => lcp <= LCP_MS_MAX && cls <= CLS_MAX)) break;
  }
  expect.soft(Math.min(...paints.map(({ lcp }) => lcp)), "LCP").toBeLessThanOrEqual(LCP_MS_MAX);
  expect.soft(Math.min(...paints.map(({ cls }) => cls)), "CLS").toBeLessThanOrEqual(CLS_MAX);
}

/** Only what is answered as a whole has a status. */
async function goTo({ path, status }: StateCheck, { visitor, places }: Checked): Promise<void> {
  if (status === undefined) return visitor.walk(fill(path, places));
  const response = await visitor.load(fill(path, places));
  expect(response?.status()).toBe(status);
}

async function expectState(state: StateCheck, { check, visitor }: Checked): Promise<void> {
  const { page } = visitor;
  const heading = state.heading ?? (state.complains === undefined ? check.heading : /./);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await settled(page);
  if (state.says !== undefined) {
    await expect(page.getByRole("main").getByText(state.says).first()).toBeVisible();
  }
  await expectSound(page, `${check.page} ${state.name}`);
}

/** First those that change nothing, while nothing can be changed; then those that come after a change. */
async function expectDialogs(dialogs: readonly DialogCheck[], checked: Checked): Promise<void> {
  const before = dialogs.filter(({ afterChange }) => afterChange === undefined);
  if (before.length > 0) {
    await using _ = await refuse(checked.backstage, "changes");
    for (const dialog of before) await expectDialog(dialog, checked);
  }
  for (const dialog of dialogs.filter(({ afterChange }) => afterChange)) {
    await expectDialog(dialog, checked);
  }
}

async function expectDialog(dialog: DialogCheck, { check, visitor }: Checked): Promise<void> {
  const { page } = visitor;
  const { file, name, role = "dialog", open, refused, size } = dialog;
  if (size !== undefined) await page.setViewportSize(size);
  await open(page);
  const popup = page.getByRole(role, { name }).first();
  await expect(popup).toBeVisible();
  await expect(popup.locator(".animate-pulse")).toHaveCount(0);
  await expectSound(page, `${check.page} ${file} ${name}`, { size });
  if (refused !== undefined) {
    await send(popup);
    await expect(popup.getByRole("alert").first()).toBeInViewport();
    await expectSound(page, `${check.page} ${file} ${name} refused`, { size, isOver: true });
  }
  await page.keyboard.press("Escape");
  await expect(popup).toBeHidden();
  if (size !== undefined) await page.setViewportSize(WIDE);
}

/** Fills in what must be, types what must be typed, and sends it; nobody outside is asked. */
async function send(popup: Locator): Promise<void> {
  for (const field of await popup.locator("input[required]").all()) {
    const isAddress = (await field.getAttribute("type")) === "email";
    await field.fill(isAddress ? "nobody@example.com" : "something-else");
  }
  const phrase = popup.locator("label", { hasText: "to go ahead" }).locator("code");
  if ((await phrase.count()) > 0) {
    await popup.getByLabel(/to go ahead/).fill((await phrase.textContent()) ?? "");
  }
  for (const test of await popup.getByRole("switch", { name: /Test/, checked: true }).all()) {
    await test.click();
  }
  const box = popup.getByRole("checkbox", { checked: false }).first();
  if ((await box.count()) > 0) await box.click();
  await popup.locator("button[type=submit]").click();
}

/** What is refused while its dialogs are tried is complained about, and nothing else is. */
function expectNoComplaint({ problems }: Visitor, check: PageCheck | StateCheck): void {
  const { complains, dialogs = [] } = check;
  const belongs = [
    ...(complains === undefined ? [] : [complains]),
    ...dialogs.flatMap(({ refused }) => (refused === undefined ? [] : [REFUSALS[refused]])),
  ];
  expect(problems.filter((one) => !belongs.some((pattern) => pattern.test(one)))).toEqual([]);
}

const REFUSALS = { "by the database": /\b500\b/, itself: /\b4\d\d\b/ } as const;
