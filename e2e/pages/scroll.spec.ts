/** Lists of ten thousand rows: to their end and back, by keyboard and by wheel, while what is drawn stays as little as it was. */
import { expect, type Locator, type Page } from "@playwright/test";
import { encodeId, lowestIdAt } from "@yolo/core/ids";
import type { Backstage } from "../backstage.ts";
import { LARGE_RECORDS } from "../large-org.ts";
import { type LongTask, look, settled } from "./look.ts";
import { test } from "./visit.ts";

const ROWS = Math.min(10_000, LARGE_RECORDS / 2);
const DAY_MS = 86_400_000;
/** What is in sight, what is drawn beyond it, and the page around. */
const ELEMENTS_MAX = 1_500;
/** A page of rows is taken in without a pause that is felt, however many there are already. */
const TASK_MS_MAX = 200;
const SCROLLING_MS = 180_000;

test("ten thousand records scroll to their end by keyboard, and back", async ({
  member,
  large,
  backstage,
}) => {
  test.setTimeout(SCROLLING_MS);
  const { page } = member;
  const expected = await recordsSince(backstage, large.slug);
  expect(expected.count).toBeGreaterThanOrEqual(ROWS);
  const since = encodeURIComponent(expected.since);
  await member.load(`/${large.slug}/activity?since=${since}`);
  await settled(page);
  const list = page.getByRole("list", { name: "Records" });
  await page.keyboard.press("j");
  await expect(list.getByRole("link").first()).toBeFocused();

  await toTheEnd(page, list);
  const last = page.locator("a:focus");
  await expect(last).toHaveAttribute("href", new RegExp(`/${expected.oldest}$`));
  await expect(list.locator("li").last()).toHaveAttribute("aria-posinset", `${expected.count}`);
  await expectWhole(list);
  const tasks = await look(page, "longTasks");
  expect(lateTask(tasks), "a task of the last rows").toBeLessThanOrEqual(TASK_MS_MAX);

  for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, -700);
  await expect(list.locator(`li[aria-posinset="${expected.count - 1}"]`)).toHaveCount(0);
  await expectWhole(list);
  await page.keyboard.press("Home");
  await expect(list.locator('li[aria-posinset="1"]')).toBeVisible();
  await expectWhole(list);
  expect(await look(page, "elements")).toBeLessThanOrEqual(ELEMENTS_MAX);
});

test("sessions and changes scroll to their end as they are turned page by page", async ({
  member,
  large,
}) => {
  const { page } = member;
  for (const [path, name] of [
    ["sessions", "Sessions"],
    ["audit", "Changes"],
  ]) {
    await member.load(`/${large.slug}/${path}`);
    await settled(page);
    const list = page.getByRole("list", { name: name ?? "" });
    const last = list.locator("li").last();
    await expect(async () => {
      await page.keyboard.press("PageDown");
      await page.keyboard.press("End");
      await expect(last).not.toHaveAttribute("aria-setsize", "-1", { timeout: 200 });
      await expect(last).toHaveAttribute(
        "aria-posinset",
        (await last.getAttribute("aria-setsize")) ?? "",
        { timeout: 200 },
      );
    }).toPass({ intervals: [50] });
    await expectWhole(list);
    expect(await look(page, "elements")).toBeLessThanOrEqual(ELEMENTS_MAX);
  }
});

/** So many days that there are enough of them, as the database has them. */
async function recordsSince({ sql }: Backstage, slug: string) {
  for (let days = 2; ; days++) {
    const sinceMs = Date.now() - days * DAY_MS;
    const [found] = await sql<{ count: number; oldest: string }[]>`
      SELECT count(*)::int AS count, min(id::text) AS oldest FROM org.intents
      WHERE id >= ${lowestIdAt(sinceMs)} AND org_id = (SELECT id FROM directory.orgs WHERE slug = ${slug})`;
    if (found !== undefined && found.count >= ROWS) {
      const oldest = encodeId("record", found.oldest);
      return { count: found.count, oldest, since: new Date(sinceMs).toISOString() };
    }
  }
}

/** End leads to the last row that is there; more come, until none do. */
async function toTheEnd(page: Page, list: Locator): Promise<void> {
  const last = list.locator("li").last();
  for (let size = 0; ; ) {
    await page.keyboard.press("End");
    await expect
      .poll(async () => Number(await last.getAttribute("aria-posinset")), { intervals: [50] })
      .toBeGreaterThan(size);
    await expect(list.locator("a:focus")).toHaveCount(1);
    expect(await look(page, "elements")).toBeLessThanOrEqual(ELEMENTS_MAX);
    size = Number(await last.getAttribute("aria-posinset"));
    const whole = await last.getAttribute("aria-setsize");
    if (whole === String(size)) return;
  }
}

/** What is drawn hangs together: one row after the other, none twice, none left out; but the one of the keyboard is always drawn. */
async function expectWhole(list: Locator): Promise<void> {
  const rows = await list.locator("li").evaluateAll((all) =>
    all.map((row) => ({
      place: Number(row.getAttribute("aria-posinset")),
      isKept: row.querySelector('[tabindex="0"]') !== null,
    })),
  );
  const all = rows.map(({ place }) => place);
  const others = rows.filter(({ isKept }) => !isKept).map(({ place }) => place);
  const drawn = isWhole(all) ? all : others;
  expect(drawn.length).toBeGreaterThan(5);
  expect(drawn).toEqual(drawn.map((_, at) => (drawn[0] ?? 0) + at));
}

function isWhole(places: readonly number[]): boolean {
  return places.every((place, at) => place === (places[0] ?? 0) + at);
}

/** How long a task takes once nearly all rows are there: the middle one of the last tenth of the time. */
function lateTask(tasks: readonly LongTask[]): number {
  const end = tasks.at(-1)?.startTime ?? 0;
  const late = tasks.filter(({ startTime }) => startTime > end * 0.9);
  const durations = late.map(({ duration }) => duration).sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)] ?? 0;
}
