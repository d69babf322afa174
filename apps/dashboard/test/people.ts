/** A dashboard with a mail server, and people who sign up there as people do. */
import { createTwoOrgs, type TwoOrgs } from "@yolo/control/test/two-orgs";
import { type MailServer, startMailServer } from "@yolo/testkit/mail-server";
import { createRedis, type TestRedis } from "@yolo/testkit/redis";
import { type ApiServer, startApi } from "./api-server.ts";
import { Browser } from "./browser.ts";

export const PASSWORD = "correct horse staple";

export interface People extends AsyncDisposable {
  readonly orgs: TwoOrgs;
  readonly api: ApiServer;
  readonly mail: MailServer;
  readonly redis: TestRedis;
  /** A browser at an address of its own, so that nobody's limits are another's. */
  browser(): Browser;
  /** Somebody new, signed up, confirmed and signed in. */
  newcomer(email: string): Promise<Browser>;
}

export async function startPeople(
  variables: { readonly [name: string]: string } = {},
): Promise<People> {
  const orgs = await createTwoOrgs();
  const redis = await createRedis();
  const mail = await startMailServer();
  const api = await startApi(orgs, {
    redisUrl: redis.url,
    variables: { SMTP_URL: mail.url, TRUSTED_PROXIES: "1", ...variables },
  });
  let browsers = 0;
  const browser = () => {
    browsers += 1;
    return new Browser(api, { "x-forwarded-for": `203.0.113.${browsers}` });
  };
  return {
    ...{ orgs, redis, mail, api, browser },
    async newcomer(email) {
      const fresh = browser();
      await fresh.post("/sign-up", { name: "Nina New", email, password: PASSWORD });
      const token = tokenOf((await mail.next(email)).link);
      const entered = await fresh.post("/verify", { token, password: PASSWORD });
      if (entered.status !== 200) throw new Error(`no way in: ${JSON.stringify(entered.body)}`);
      return fresh;
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      await mail[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
      await orgs[Symbol.asyncDispose]();
    },
  };
}

/** What a link carries. */
export function tokenOf(link: string): string {
  return new URL(link).searchParams.get("token") ?? "";
}
