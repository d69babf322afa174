/** The `test` of journeys that every hand walks. */
import type { Page } from "@playwright/test";
import { test as base } from "../journey.ts";
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
  stranger: async ({ screens }, use) => {
    await use((hand) => screens.stranger(hand));
    await screens.leave();
  },
  owner: async ({ screens }, use) => {
    await use((hand) => screens.owner(hand));
    await screens.leave();
  },
});
