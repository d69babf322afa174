/**
 * A screen per hand for the demo's owner, and one for strangers. They stay open from one journey to the next, as people's
 * do: what was fetched once is not fetched again, and the owner signs in once.
 */
import type { Browser, Page } from "@playwright/test";
import { lookInto } from "../pages/look.ts";
import type { Ready } from "../product.ts";
import { signIn } from "../sign-in.ts";
import type { Hand } from "./hand.ts";

const BLANK = "about:blank";

export class Screens implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #ready: Ready;
  readonly #owners = new Map<Hand, Page>();
  readonly #strangers = new Map<Hand, Page>();

  constructor(browser: Browser, ready: Ready) {
    this.#browser = browser;
    this.#ready = ready;
  }

  /** Of the demo's owner, who is signed in. */
  async owner(hand: Hand): Promise<Page> {
    const open = this.#owners.get(hand);
    if (open !== undefined) return open;
    const page = await this.#open(hand);
    await signIn(page, this.#ready);
    this.#owners.set(hand, page);
    return page;
  }

  /** Of somebody whom the product does not know. */
  async stranger(hand: Hand): Promise<Page> {
    const page = this.#strangers.get(hand) ?? (await this.#open(hand));
    this.#strangers.set(hand, page);
    await page.context().clearCookies();
    return page;
  }

  /** Leaves every page, so that none asks for what is new while nobody looks. */
  async leave(): Promise<void> {
    const pages = this.#all().filter((page) => page.url() !== BLANK);
    await Promise.all(pages.map((page) => page.goto(BLANK)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const page of this.#all()) await page.context().close();
  }

  async #open({ screen }: Hand): Promise<Page> {
    const context = await this.#browser.newContext(screen);
    await lookInto(context);
    return context.newPage();
  }

  #all(): readonly Page[] {
    return [...this.#owners.values(), ...this.#strangers.values()];
  }
}
