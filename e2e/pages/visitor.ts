/**
 * Somebody who looks at page after page in one and the same tab, as people do: what one page fetched and compiled the next
 * one has. So the checks of so many states take seconds instead of minutes.
 */
import type { BrowserContext, Page, Response } from "@playwright/test";
import { arrive, lookInto } from "./look.ts";

export interface Visitor {
  readonly page: Page;
  /** What the browser complained about since the visitor last set out: its console, what was thrown, answers of 500 and above. */
  readonly problems: string[];
  /** Asks for the page as a whole, as from a bookmark. */
  load(path: string): Promise<Response | null>;
  /** Goes there as a link of the page leads there. */
  walk(path: string): Promise<void>;
}

export async function createVisitor(context: BrowserContext, origin: string): Promise<Visitor> {
  await lookInto(context);
  const page = await context.newPage();
  const problems = watchProblems(page);
  const load = (path: string) => {
    problems.length = 0;
    return page.goto(origin + path);
  };
  return {
    ...{ page, problems, load },
    async walk(path) {
      if (!page.url().startsWith(origin)) {
        await load(path);
        return;
      }
      problems.length = 0;
      await arrive(page, path);
    },
  };
}

/** Everything that the browser complains about on a page, and answers of 500 and above. */
function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // Of what could not be fetched the text alone says only that it could not.
    problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("response", (answer) => {
    if (answer.status() >= 500) problems.push(`${answer.status()} ${answer.url()}`);
  });
  return problems;
}
