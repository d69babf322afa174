/** How a person does what a journey says: each journey is written once and walked by every hand. */
import type { BrowserContextOptions, Locator, Page } from "@playwright/test";

export interface Hand {
  readonly name: string;
  /** The screen it works at. */
  readonly screen: BrowserContextOptions;
  /** Presses a button, follows a link, opens a row. */
  press(target: Locator): Promise<void>;
  /** Chooses one of a group: a radio button, a tab. */
  pick(one: Locator): Promise<void>;
  /** Chooses an option of a list by its words. */
  choose(list: Locator, option: string): Promise<void>;
  /** Leaves exactly this text in a field. */
  write(field: Locator, text: string): Promise<void>;
  /** Sends the form that was filled in last; the button is the one that says so. */
  send(button: Locator): Promise<void>;
  /** Writes a rule of a policy, line by line and without its indentation, below this line of the editor. */
  writeRule(editor: Locator, below: string, rule: readonly string[]): Promise<void>;
  /** Goes from any page of an org to another, by its name in the navigation. */
  visit(page: Page, name: string): Promise<void>;
  /** Asks for a name or an id from any page of an org. */
  search(page: Page, text: string): Promise<void>;
}

/** Where a press puts the caret behind a line's last character. */
export async function behind(editor: Locator, text: string) {
  const line = editor.locator(".cm-line").filter({ hasText: new RegExp(`^${text}$`) });
  await line.scrollIntoViewIfNeeded();
  const { width = 0, height = 0 } = (await line.boundingBox()) ?? {};
  return { line, position: { x: width - 3, y: height / 2 } };
}

/** The editor indents each new line; Escape closes what it suggests. Not key by key, for each of which it judges the text. */
export async function typeRule({ keyboard }: Page, rule: readonly string[]): Promise<void> {
  for (const line of rule) {
    await keyboard.press("Enter");
    await keyboard.insertText(line);
    await keyboard.press("Escape");
  }
}
