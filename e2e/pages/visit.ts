/** The `test` of the page checks: a member who is signed in, an org with something in it, and one where nothing happened. */
import { expect, type Page } from "@playwright/test";
import { test as base } from "../journey.ts";

type State = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

/** What stands in `{…}` in an address. */
export type Places = Readonly<Record<string, string>>;

interface PerSuite {
  /** The cookies of the demo's owner. */
  readonly memberState: State;
  readonly places: Places;
}

/** An org in which nothing happened. */
const QUIET = { name: "Quiet", slug: "quiet-pages" };

const MODELS = ["claude-sonnet-4-5", "claude-haiku-4-5", "claude-fable-5"];

export const test = base.extend<object, PerSuite>({
  memberState: [
    async ({ browser, product }, use) => {
      const context = await browser.newContext();
      const { dashboard, member } = product.ready;
      const headers = { origin: dashboard };
      const signedIn = await context.request.post(`${dashboard}/api/auth/sign-in`, {
        data: { email: member.email, password: member.password },
        headers,
      });
      expect(signedIn.status(), await signedIn.text()).toBe(200);
      const founded = await context.request.post(`${dashboard}/api/auth/orgs`, {
        data: QUIET,
        headers,
      });
      expect(founded.status(), await founded.text()).toBe(200);
      await use(await context.storageState());
      await context.close();
    },
    { scope: "worker" },
  ],
  places: [
    async ({ product, api, anthropic }, use) => {
      const client = anthropic();
      for (const model of MODELS) {
        const messages = [{ role: "user" as const, content: "hello" }];
        await client.messages.create({ model, max_tokens: 64, messages }).catch(() => undefined);
      }
      await use({
        org: product.ready.org,
        quiet: QUIET.slug,
        record: await firstId(api, "/records"),
        session: await firstId(api, "/sessions"),
        agent: await firstId(api, "/agents"),
        project: await firstId(api, "/projects"),
        policy: await firstId(api, "/policies"),
      });
    },
    { scope: "worker" },
  ],
});

async function firstId(
  api: { get(path: string): Promise<{ readonly body: unknown }> },
  path: string,
): Promise<string> {
  const { body } = await api.get(path);
  const data: unknown = Object(body).data;
  const id: unknown = Array.isArray(data) ? Object(data[0]).id : undefined;
  expect(id, path).toEqual(expect.any(String));
  return String(id);
}

/** `/{org}/agents` with the places filled in. Throws for a place that there is not. */
export function fill(path: string, places: Places): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = places[name];
    if (value === undefined) throw new Error(`no such place: ${name}`);
    return value;
  });
}

/** Everything that the browser complains about on a page, and answers of 500 and above. */
export function watchProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("response", (answer) => {
    if (answer.status() >= 500) problems.push(`${answer.status()} ${answer.url()}`);
  });
  return problems;
}
