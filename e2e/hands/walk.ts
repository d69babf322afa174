/** The `test` of journeys that every hand walks. */
import type { BrowserContext, Page } from "@playwright/test";
import { test as base } from "../journey.ts";
import { signIn } from "../open-signed-in.ts";
import { lookInto } from "../pages/look.ts";
import type { Hand } from "./hand.ts";
import { keyboard } from "./keyboard.ts";
import { pointer } from "./pointer.ts";
import { touch } from "./touch.ts";

export const HANDS: readonly Hand[] = [pointer, keyboard, touch];

interface People {
  /** A page of somebody whom the product does not know, at the screen of this hand. */
  readonly stranger: (hand: Hand) => Promise<Page>;
  /** A page of the demo's owner, who is signed in. */
  readonly owner: (hand: Hand) => Promise<Page>;
}

export const test = base.extend<People>({
  stranger: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ screen }) => {
      const context = await browser.newContext(screen);
      contexts.push(context);
      await lookInto(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  owner: async ({ stranger, product }, use) => {
    await use(async (hand) => {
      const page = await stranger(hand);
      await signIn(page, product.ready);
      return page;
    });
  },
});
