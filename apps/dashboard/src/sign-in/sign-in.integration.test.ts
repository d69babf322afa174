import { hashPassword } from "@yolo/control/person/password";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApi } from "../../test/api-server.ts";
import { Browser } from "../../test/browser.ts";
import { PASSWORD, type People, startPeople, tokenOf } from "../../test/people.ts";

let people: People;
beforeAll(async () => {
  people = await startPeople();
});
afterAll(() => people[Symbol.asyncDispose]());

const WRONG = "not the password";
/** Of answers that must not tell anything by their time. */
const ANSWER_MS = 590;
let count = 0;
function fresh(): string {
  count += 1;
  return `p${count}@example.com`;
}

/** Everything that could tell one answer from another. */
function shape({ status, body, error }: Awaited<ReturnType<Browser["post"]>>) {
  return { status, fields: Object.keys(body), code: error.code, message: error.message };
}

describe("signing up", () => {
  test("whoever confirms the address with the password is in, and founds their first org next", async () => {
    const email = fresh();
    const browser = people.browser();
    const { status, body } = await browser.post("/sign-up", {
      ...{ name: "Nina New", email, password: PASSWORD },
    });
    expect({ status, body, cookies: browser.cookies.size }).toEqual({
      ...{ status: 200, body: {}, cookies: 0 },
    });
    const { link, text, html, subject } = await people.mail.next(email);
    expect(subject).toBe("Confirm your address");
    expect(text).toContain(link);
    expect(html).toContain(link.replaceAll("&", "&amp;"));
    const entered = await browser.post("/verify", { token: tokenOf(link), password: PASSWORD });
    expect(entered.body).toEqual({ to: "/orgs/new" });
    const founded = await browser.post("/orgs", { name: "Hooli", slug: "hooli" });
    expect(founded.body).toEqual({ to: "/hooli/start" });
    expect((await browser.inOrg("hooli", "GET", "/org")).body).toMatchObject({ slug: "hooli" });
  });

  test("a link without the password that was chosen with it opens nothing: nobody is given an account that somebody else prepared", async () => {
    const email = fresh();
    await people.browser().post("/sign-up", { name: "Mallory", email, password: PASSWORD });
    const token = tokenOf((await people.mail.next(email)).link);
    const victim = people.browser();
    const refused = await victim.post("/verify", { token, password: "my own long password" });
    expect(refused.error.code).toBe("sign_in_failed");
  });

  test("who signs in before confirming the address is sent the link again", async () => {
    const email = fresh();
    await people.browser().post("/sign-up", { name: "N", email, password: PASSWORD });
    await people.mail.next(email);
    const early = await people.browser().post("/sign-in", { email, password: PASSWORD });
    expect(early.body).toEqual({ verify: true });
    const token = tokenOf((await people.mail.next(email, /Confirm/)).link);
    const entered = await people.browser().post("/verify", { token, password: PASSWORD });
    expect(entered.body).toEqual({ to: "/orgs/new" });
  });

  test("neither the answer nor its time tells whether an address is known", async () => {
    const email = fresh();
    await people.newcomer(email);
    const body = { name: "N", password: PASSWORD };
    const known = await people.browser().post("/sign-up", { ...body, email });
    const unknown = await people.browser().post("/sign-up", { ...body, email: fresh() });
    expect(shape(known)).toEqual(shape(unknown));
    for (const { tookMs } of [known, unknown]) expect(tookMs).toBeGreaterThan(ANSWER_MS);
    expect((await people.mail.next(email)).subject).toBe("You have an account already");
    const forgot = (address: string) => people.browser().post("/forgot", { email: address });
    const [a, b] = [await forgot(email), await forgot(fresh())];
    expect(shape(a)).toEqual(shape(b));
    for (const { tookMs } of [a, b]) expect(tookMs).toBeGreaterThan(ANSWER_MS);
  });

  test.for([
    ["short", /at least 12/],
    ["aaaaaaaaaaaaaaaa", /different characters/],
    ["x".repeat(129), /at most 128/],
    ["password.taken@example.com", /easy to guess/],
  ] as const)("the password %s is refused", async ([password, message]) => {
    const email = "password.taken@example.com";
    const refused = await people.browser().post("/sign-up", { name: "N", email, password });
    expect(refused).toMatchObject({ status: 422, error: { code: "invalid_input" } });
    expect(refused.error.message).toMatch(message);
  });

  test.for([
    [{ email: "nobody" }],
    [{ email: "a@b.example\r\nBcc: c@d.example" }],
    [{ name: "" }],
    [{ name: "two\nlines" }],
    [{ role: "owner" }],
    [{ emailVerified: true }],
  ])("%j is refused", async ([over]) => {
    const right = { name: "N", email: fresh(), password: PASSWORD };
    const refused = await people.browser().post("/sign-up", { ...right, ...over });
    expect(refused).toMatchObject({ status: 422, error: { code: "invalid_input" } });
  });
});

describe("signing in", () => {
  test("an unknown address and a wrong password are one answer", async () => {
    const email = fresh();
    await people.newcomer(email);
    const wrong = await people.browser().post("/sign-in", { email, password: WRONG });
    const unknown = await people.browser().post("/sign-in", { email: fresh(), password: WRONG });
    expect(shape(wrong)).toEqual(shape(unknown));
    expect(wrong).toMatchObject({ status: 401, error: { code: "sign_in_failed" } });
  });

  test("an address without an account costs the time of a hash, too", async () => {
    const attempts: number[] = [];
    const hashes: number[] = [];
    for (let tries = 0; tries < 3; tries += 1) {
      const attempt = { email: fresh(), password: WRONG };
      attempts.push((await people.browser().post("/sign-in", attempt)).tookMs);
      const startedAt = performance.now();
      await hashPassword(PASSWORD);
      hashes.push(performance.now() - startedAt);
    }
    expect(Math.min(...attempts)).toBeGreaterThan(Math.min(...hashes) / 3);
  });

  test("on http of the loopback the cookie is httpOnly, lax and for the whole host; on https it is __Host- and Secure", async () => {
    const email = fresh();
    const plain = await people.newcomer(email);
    expect(plain.setCookies.at(-1)).toMatch(
      /^yolo=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const { orgs, redis } = people;
    const variables = { DASHBOARD_URL: "https://app.example.com" };
    await using api = await startApi(orgs, { redisUrl: redis.url, variables });
    const browser = new Browser(api);
    await browser.post("/sign-in", { email, password: PASSWORD });
    const line = browser.setCookies.at(-1) ?? "";
    expect(line).toMatch(/^__Host-yolo=/);
    for (const part of ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]) {
      expect(line.split("; ")).toContain(part);
    }
    expect(line).not.toMatch(/Domain/i);
  });

  test("the session that a browser brought along is neither taken over nor left", async () => {
    const email = fresh();
    const first = await people.newcomer(email);
    const planted = new Map(first.cookies);
    await first.post("/sign-in", { email, password: PASSWORD });
    expect(first.cookies.get("yolo")).not.toBe(planted.get("yolo"));
    const thief = people.browser();
    for (const [name, value] of planted) thief.cookies.set(name, value);
    expect((await thief.post("/name", { name: "T" })).error.code).toBe("not_signed_in");
  });

  test("a cookie that was made up, or whose signature is another's, is nobody's", async () => {
    const one = await people.newcomer(fresh());
    const [token = "", signature = ""] = decodeURIComponent(one.cookies.get("yolo") ?? "").split(
      ".",
    );
    for (const forged of [token, `${token}.`, `${token}x.${signature}`, `x.${signature}`]) {
      const thief = people.browser();
      thief.cookies.set("yolo", encodeURIComponent(forged));
      expect((await thief.post("/name", { name: "T" })).error.code).toBe("not_signed_in");
    }
    expect((await one.post("/name", { name: "N" })).status).toBe(200);
  });

  test.for([
    ["https://evil.example/"],
    ["//evil.example/"],
    ["/\\evil.example/"],
    ["/%2f/evil.example"],
    ["javascript:alert(1)"],
    ["/api/v1/org"],
    ["/\n/evil.example"],
    ["evil"],
  ])("after it nobody is sent to %j", async ([next]) => {
    const email = "next@example.com";
    if ((await people.orgs.database.person.count({ where: { email } })) === 0) {
      await people.newcomer(email);
    }
    const { body } = await people.browser().post("/sign-in", { email, password: PASSWORD, next });
    expect(["/orgs/new", "/%2f/evil.example"]).toContain(body.to);
  });

  test("after it one goes on to the page that was asked for", async () => {
    const email = fresh();
    await people.newcomer(email);
    const next = "/acme/records?decision=deny#top";
    const { body } = await people.browser().post("/sign-in", { email, password: PASSWORD, next });
    expect(body).toEqual({ to: next });
  });

  test("guessing is slowed down for one address and one place, and others still get in", async () => {
    const email = fresh();
    await people.newcomer(email);
    const guesser = people.browser();
    const codes = [];
    for (let tries = 0; tries < 12; tries += 1) {
      codes.push((await guesser.post("/sign-in", { email, password: WRONG })).error.code);
    }
    expect(codes.filter((code) => code === "sign_in_failed")).toHaveLength(10);
    const refused = await guesser.post("/sign-in", { email, password: PASSWORD });
    expect(refused).toMatchObject({ status: 429, error: { code: "rate_limited" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const own = await people.browser().post("/sign-in", { email, password: PASSWORD });
    expect(own.status).toBe(200);
  });

  test("no more mail is written to an address than five, then one in ten minutes", async () => {
    const email = fresh();
    const answers = [];
    for (let tries = 0; tries < 6; tries += 1) {
      answers.push((await people.browser().post("/forgot", { email })).status);
    }
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test("limits hold while Redis is away", async () => {
    await using api = await startApi(people.orgs, { redisUrl: "redis://127.0.0.1:1" });
    const guesser = new Browser(api);
    const codes = [];
    for (let tries = 0; tries < 12; tries += 1) {
      const { error } = await guesser.post("/sign-in", { email: "x@y.example", password: WRONG });
      codes.push(error.code);
    }
    expect(codes.slice(-2)).toEqual(["rate_limited", "rate_limited"]);
    expect(codes.slice(0, 10)).toEqual(Array(10).fill("sign_in_failed"));
  });
});

describe("what another site sends", () => {
  const elsewhere = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site", origin: "http://127.0.0.1" },
  ];

  test.for(elsewhere)("changes nothing: %j", async (headers) => {
    const email = "csrf@example.com";
    const known = await people.orgs.database.person.count({ where: { email } });
    const browser = known === 0 ? await people.newcomer(email) : people.browser();
    if (known > 0) await browser.post("/sign-in", { email, password: PASSWORD });
    const renamed = await browser.post("/name", { name: "Forged" }, headers);
    expect(renamed).toMatchObject({ status: 403, error: { code: "cross_site" } });
    const login = await browser.post("/sign-in", { email, password: PASSWORD }, headers);
    expect(login).toMatchObject({ status: 403, error: { code: "cross_site" } });
    const person = await people.orgs.database.person.findUniqueOrThrow({ where: { email } });
    expect(person.name).toBe("Nina New");
  });

  test("a browser that does not say where it comes from is believed by its Origin alone", async () => {
    const email = fresh();
    await people.newcomer(email);
    const host = new URL(people.api.origin).host;
    const send = async (origin: string | undefined) => {
      const response = await fetch(`${people.api.origin}/api/auth/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(origin && { origin }) },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
      return response.status;
    };
    expect(await send(`http://${host}`)).toBe(200);
    expect(await send("http://evil.example")).toBe(403);
    expect(await send("null")).toBe(403);
    expect(await send(undefined)).toBe(403);
  });

  test("the public API by cookie refuses it too, and by token does not ask", async () => {
    const browser = await people.newcomer(fresh());
    await browser.post("/orgs", { name: "Sabre", slug: "sabre" });
    const body = { slug: "web", name: "Web" };
    const forged = await browser.send("POST", "/api/v1/projects", {
      ...{ body, headers: { "yolo-org": "sabre", "sec-fetch-site": "cross-site" } },
    });
    expect(forged).toMatchObject({ status: 403, error: { code: "cross_site" } });
    const made = await browser.inOrg("sabre", "POST", "/projects", body);
    expect(made.status).toBe(201);
    const token = await browser.inOrg("sabre", "POST", "/api-tokens", { name: "t" });
    const script = new Browser(people.api, { "sec-fetch-site": "cross-site" });
    const headers = { authorization: `Bearer ${token.body.token}` };
    const byToken = await script.send("POST", "/api/v1/projects", {
      ...{ body: { slug: "two", name: "Two" }, headers },
    });
    expect(byToken.status).toBe(201);
  });
});

test("an org of others looks like one that does not exist", async () => {
  const browser = await people.newcomer(fresh());
  const theirs = await browser.inOrg("acme", "GET", "/projects");
  const nobodys = await browser.inOrg("nowhere", "GET", "/projects");
  expect(shape(theirs)).toEqual(shape(nobodys));
  expect(theirs).toMatchObject({ status: 404, error: { code: "not_found" } });
  const unsigned = await people.browser().inOrg("acme", "GET", "/projects");
  expect(unsigned).toMatchObject({ status: 401, error: { code: "not_signed_in" } });
});

test("no password, token or code is ever logged, nor an address of a person", async () => {
  const email = fresh();
  const browser = await people.newcomer(email);
  const text = people.api.logged();
  expect(text).toContain("POST /verify");
  const cookie = decodeURIComponent(browser.cookies.get("yolo") ?? "").split(".")[0] ?? "";
  for (const secret of [PASSWORD, cookie, ...people.mail.received.map(({ link }) => link)]) {
    expect(text).not.toContain(secret);
  }
});
