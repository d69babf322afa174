/** What the page checks know of a page: its address, the states it can be in, and every dialog it can open. */
import type { Page } from "@playwright/test";

export interface PageCheck {
  /** Its folder below the dashboard's `src/app`. */
  readonly page: string;
  /** With everything in it. `{org}`, `{agent}`, …: see `furnish.ts`. */
  readonly path: string;
  /** What is seen once it is there, so that no empty frame passes: the main heading. */
  readonly heading: string | RegExp;
  /** By a stranger; else by a member. */
  readonly signedOut?: true;
  /** Of the page itself; else 200. */
  readonly status?: number;
  readonly complains?: RegExp;
  /** Other addresses of it, or the same one for other dialogs. */
  readonly states?: readonly StateCheck[];
  readonly empty: Said | Never;
  readonly error: Failure | Never;
  readonly dialogs?: readonly DialogCheck[];
}

/** Why a page has no such state. */
export interface Never {
  readonly never: string;
}

/** A state in which the page says what is the matter. */
export interface Said {
  readonly path: string;
  readonly says: string | RegExp;
}

/**
 * How it fails. `reads`: the database refuses what the page shows, so that the API answers 500. `frame`: it refuses who one is, so that
 * there is no page at all. An act: what one does on it once the network is gone.
 */
export type Failure = "reads" | "frame" | ((page: Page) => Promise<unknown>);

export interface StateCheck {
  readonly name: string;
  readonly path: string;
  readonly heading?: string | RegExp;
  readonly says?: string | RegExp;
  readonly signedOut?: true;
  readonly status?: number;
  /** Complaints of the browser that belong to the state, such as the refusal it shows. */
  readonly complains?: RegExp;
  readonly dialogs?: readonly DialogCheck[];
}

export interface DialogCheck {
  /** The file below `src/features` in which it is written. */
  readonly file: string;
  /** Its title. */
  readonly name: string | RegExp;
  readonly role?: "dialog" | "menu";
  readonly open: (page: Page) => Promise<unknown>;
  /**
   * Whether it can be sent, and what is refused is shown in it. By whom: the database, which takes no change while the dialogs are tried;
   * `itself`: the server, for what was typed. Left out: nothing can be sent.
   */
  readonly refused?: "by the database" | "itself";
  /** Of the screen on which there is such a thing; else any. */
  readonly size?: { readonly width: number; readonly height: number };
  /** It is there only once a change was made, so changes are taken while it is tried. */
  readonly afterChange?: true;
}

/** Presses the first button of this name in the page, or in what is open over it. */
export function press(name: string | RegExp): (page: Page) => Promise<void> {
  return (page) => page.getByRole("button", { name }).first().click();
}

/** Opens a menu and takes one of its items. */
export function choose(menu: string | RegExp, item: string): (page: Page) => Promise<void> {
  return async (page) => {
    await press(menu)(page);
    await page.getByRole("menuitem", { name: item }).click();
  };
}

/** Presses a key on the page itself. */
export function key(name: string): (page: Page) => Promise<void> {
  return (page) => page.keyboard.press(name);
}
