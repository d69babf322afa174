import { codeOf } from "@yolo/testkit/authenticator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Browser } from "../../test/browser.ts";
import { PASSWORD, type People, startPeople, tokenOf } from "../../test/people.ts";

let people: People;
beforeAll(async () => {
  people = await startPeople();
});
afterAll(() => people[Symbol.asyncDispose]());

const NEXT_PASSWORD = "another horse staple";
let count = 0;
function fresh(): string {
  count += 1;
  return `a${count}@example.com`;
}

async function signIn(email: string, password = PASSWORD): Promise<Browser> {
  const browser = people.browser();
  await browser.post("/sign-in", { email, password });
  return browser;
}

async function isIn(browser: Browser): Promise<boolean> {
  return (await browser.post("/name", { name: "Nina New" })).status === 200;
}

async function eventsOf(email: string): Promise<readonly string[]> {
  const rows = await people.orgs.database.signInEvent.findMany({
    where: { person: { email } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ event }) => event);
}

describe("a new password by mail", () => {
  test("is set once with its link; every session ends and the person is told", async () => {
    const email = fresh();
    const browser = await people.newcomer(email);
    await people.browser().post("/forgot", { email });
    const token = tokenOf((await people.mail.next(email, /new password/)).link);
    const visitor = people.browser();
    const reset = await visitor.post("/reset", { token, password: NEXT_PASSWORD });
    expect({ status: reset.status, cookies: visitor.cookies.size }).toEqual({
      ...{ status: 200, cookies: 0 },
    });
    expect(await isIn(browser)).toBe(false);
    expect(await isIn(await signIn(email))).toBe(false);
    expect(await isIn(await signIn(email, NEXT_PASSWORD))).toBe(true);
    const again = await people.browser().post("/reset", { token, password: PASSWORD });
    expect(again).toMatchObject({ status: 410, error: { code: "link_ended" } });
    expect((await people.mail.next(email, /was changed/)).text).toContain("/forgot");
    expect(await eventsOf(email)).toContain("password_reset");
  });

  test("of twenty who use one link at once, one does", async () => {
    const email = fresh();
    await people.newcomer(email);
    await people.browser().post("/forgot", { email });
    const token = tokenOf((await people.mail.next(email, /new password/)).link);
    const tries = Array.from({ length: 20 }, (_, index) =>
      people.browser().post("/reset", { token, password: `${NEXT_PASSWORD} ${index}` }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  test("a link that was made up, or is empty, opens nothing", async () => {
    for (const token of ["", "x", "reset-password:", "0".repeat(24)]) {
      const refused = await people.browser().post("/reset", { token, password: NEXT_PASSWORD });
      expect(refused.error.code).toBe("link_ended");
    }
  });

  test("confirms the address as well: whoever never did, or was invited without a password, gets in", async () => {
    const email = fresh();
    await people.browser().post("/sign-up", { name: "Mallory", email, password: PASSWORD });
    await people.browser().post("/forgot", { email });
    const token = tokenOf((await people.mail.next(email, /new password/)).link);
    await people.browser().post("/reset", { token, password: NEXT_PASSWORD });
    expect(await isIn(await signIn(email, NEXT_PASSWORD))).toBe(true);
    expect(await isIn(await signIn(email))).toBe(false);
  });
});

describe("changing the password", () => {
  test("ends every other session at once and gives this one a new cookie", async () => {
    const email = fresh();
    const here = await people.newcomer(email);
    const elsewhere = await signIn(email);
    const before = here.cookies.get("yolo");
    const body = { current: PASSWORD, password: NEXT_PASSWORD };
    expect((await here.post("/password", body)).status).toBe(200);
    expect(here.cookies.get("yolo")).not.toBe(before);
    expect(await isIn(here)).toBe(true);
    expect(await isIn(elsewhere)).toBe(false);
    expect((await people.mail.next(email, /was changed/)).to).toBe(email);
  });

  test("needs the present one, and guessing it from a signed-in browser is slowed down", async () => {
    const browser = await people.newcomer(fresh());
    const codes = [];
    for (let tries = 0; tries < 12; tries += 1) {
      const body = { current: "guessed", password: NEXT_PASSWORD };
      codes.push((await browser.post("/password", body)).error.code);
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill("sign_in_failed"));
    expect(codes.slice(10)).toEqual(["rate_limited", "rate_limited"]);
  });
});

describe("sessions", () => {
  const list = (email: string) =>
    people.orgs.database.personSession.findMany({
      where: { person: { email } },
      orderBy: { id: "asc" },
    });

  test("hold where they began, as far as it can be believed", async () => {
    const email = fresh();
    const browser = await people.newcomer(email);
    await browser.post(
      "/sign-in",
      { email, password: PASSWORD },
      {
        "x-forwarded-for": "6.6.6.6, 198.51.100.7",
        "yolo-client-address": "6.6.6.6",
        "user-agent": "Tester/1",
      },
    );
    expect((await list(email)).at(-1)).toMatchObject({
      ...{ ipAddress: "198.51.100.7", userAgent: "Tester/1" },
    });
  });

  test("one is ended from another, all others at once too, and never anybody else's", async () => {
    const email = fresh();
    const here = await people.newcomer(email);
    const [first, second] = [await signIn(email), await signIn(email)];
    const rows = await list(email);
    const id = `psn_${rows[1]?.id.replaceAll("-", "")}`;
    const stranger = await people.newcomer(fresh());
    const theirs = await stranger.post("/sessions/revoke", { session: id });
    expect(theirs).toMatchObject({ status: 404, error: { code: "not_found" } });
    expect(await isIn(first)).toBe(true);
    expect((await here.post("/sessions/revoke", { session: id })).body).toEqual({ ended: 1 });
    expect(await isIn(first)).toBe(false);
    expect((await here.post("/sessions/revoke", { session: "others" })).body).toEqual({ ended: 1 });
    expect([await isIn(here), await isIn(second)]).toEqual([true, false]);
    expect(await eventsOf(email)).toContain("session_revoked");
  });

  test("signing out ends the session itself, not only the cookie", async () => {
    const browser = await people.newcomer(fresh());
    const kept = browser.cookies.get("yolo") ?? "";
    await browser.post("/sign-out", {});
    expect(browser.cookies.has("yolo")).toBe(false);
    browser.cookies.set("yolo", kept);
    expect(await isIn(browser)).toBe(false);
  });

  test("that are over open nothing", async () => {
    const email = fresh();
    const browser = await people.newcomer(email);
    await people.orgs.database.personSession.updateMany({
      where: { person: { email } },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await isIn(browser)).toBe(false);
  });
});

const setupSchema = z.object({ secret: z.string(), recoveryCodes: z.array(z.string()) });

describe("the second factor", () => {
  async function withFactor(email: string) {
    const browser = await people.newcomer(email);
    const begun = await browser.post("/second-factor/begin", { password: PASSWORD });
    const setup = setupSchema.parse(begun.body);
    const confirmed = await browser.post("/second-factor/confirm", { code: codeOf(setup.secret) });
    expect(confirmed.status).toBe(200);
    return { browser, ...setup };
  }

  test("is asked for once it is confirmed; the password alone opens nothing", async () => {
    const email = fresh();
    const { secret } = await withFactor(email);
    const browser = people.browser();
    const first = await browser.post("/sign-in", { email, password: PASSWORD });
    expect(first.body).toEqual({ secondFactor: true });
    expect(browser.cookies.has("yolo")).toBe(false);
    expect(await isIn(browser)).toBe(false);
    const second = await browser.post("/second-factor", { code: codeOf(secret) });
    expect(second.body).toEqual({ to: "/orgs/new" });
    expect(await isIn(browser)).toBe(true);
    expect(await eventsOf(email)).toEqual(expect.arrayContaining(["second_factor_on"]));
    expect((await people.mail.next(email, /switched on/)).to).toBe(email);
  });

  test("that was begun and never confirmed is not asked for", async () => {
    const email = fresh();
    const browser = await people.newcomer(email);
    await browser.post("/second-factor/begin", { password: PASSWORD });
    const again = await people.browser().post("/sign-in", { email, password: PASSWORD });
    expect(again.body).toEqual({ to: "/orgs/new" });
  });

  test("a code opens one session, never two", async () => {
    const email = fresh();
    const { secret } = await withFactor(email);
    const [one, two] = [await signIn(email), await signIn(email)];
    const code = codeOf(secret);
    expect((await one.post("/second-factor", { code })).status).toBe(200);
    const replayed = await two.post("/second-factor", { code });
    expect(replayed).toMatchObject({ status: 401, error: { code: "sign_in_failed" } });
    expect(two.cookies.has("yolo")).toBe(false);
    const sessions = await people.orgs.database.personSession.count({
      where: { person: { email } },
    });
    expect(sessions).toBe(2);
  });

  test("after five wrong codes one begins again, and the failures stand in the trail", async () => {
    const email = fresh();
    const { secret } = await withFactor(email);
    const browser = await signIn(email);
    const right = codeOf(secret);
    const wrong = right === "000000" ? "000001" : "000000";
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await browser.post("/second-factor", { code: wrong })).error.code).toBe(
        "sign_in_failed",
      );
    }
    const refused = await browser.post("/second-factor", { code: right });
    expect(refused.error.code).toBe("not_signed_in");
    expect((await eventsOf(email)).filter((event) => event === "wrong_code")).toHaveLength(5);
  });

  test("each recovery code signs in once", async () => {
    const email = fresh();
    const { recoveryCodes } = await withFactor(email);
    expect(new Set(recoveryCodes).size).toBe(10);
    const [recoveryCode = ""] = recoveryCodes;
    const browser = await signIn(email);
    expect((await browser.post("/second-factor", { recoveryCode })).status).toBe(200);
    const again = await signIn(email);
    const used = await again.post("/second-factor", { recoveryCode });
    expect(used).toMatchObject({ status: 401, error: { code: "sign_in_failed" } });
    expect(await eventsOf(email)).toContain("recovery_code_used");
  });

  test("new recovery codes replace the old ones; both need the password", async () => {
    const email = fresh();
    const { browser, recoveryCodes } = await withFactor(email);
    const refused = await browser.post("/recovery-codes", { password: "guessed" });
    expect(refused.error.code).toBe("sign_in_failed");
    expect((await browser.post("/recovery-codes", { password: PASSWORD })).status).toBe(200);
    const visitor = await signIn(email);
    const old = await visitor.post("/second-factor", { recoveryCode: recoveryCodes[1] });
    expect(old.error.code).toBe("sign_in_failed");
  });

  test("is switched off with the password only", async () => {
    const email = fresh();
    const { browser } = await withFactor(email);
    const refused = await browser.post("/second-factor/off", { password: "guessed" });
    expect(refused.error.code).toBe("sign_in_failed");
    expect((await browser.post("/second-factor/off", { password: PASSWORD })).status).toBe(200);
    const again = await people.browser().post("/sign-in", { email, password: PASSWORD });
    expect(again.body).toEqual({ to: "/orgs/new" });
    expect(await eventsOf(email)).toContain("second_factor_off");
  });

  test("without the password before it, a code is nobody's", async () => {
    const refused = await people.browser().post("/second-factor", { code: "123456" });
    expect(refused.error.code).toBe("not_signed_in");
  });
});

test("neither secrets of authenticators nor recovery codes lie in the database as they are", async () => {
  const email = fresh();
  const browser = await people.newcomer(email);
  const begun = await browser.post("/second-factor/begin", { password: PASSWORD });
  const { secret, recoveryCodes } = setupSchema.parse(begun.body);
  const row = await people.orgs.database.twoFactor.findFirstOrThrow({
    where: { person: { email } },
  });
  const stored = JSON.stringify(row);
  for (const plain of [secret, ...recoveryCodes]) expect(stored).not.toContain(plain);
  const account = await people.orgs.database.account.findFirstOrThrow({
    where: { person: { email } },
  });
  expect(account.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
