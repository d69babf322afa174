import { once } from "node:events";
import { createServer, type LookupFunction, type Server } from "node:net";
import {
  guardedLookup,
  isAllowedOrigin,
  isPublicAddress,
  type Resolve,
} from "@yolo/core/address-guard";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Connections, createConnections } from "./connections.ts";

let canary: Server;
let port: number;
let touched = 0;

beforeAll(async () => {
  // Every address of this machine, both families: whoever comes inside by any spelling comes here.
  canary = createServer((socket) => {
    touched += 1;
    socket.destroy();
  }).listen(0, "::");
  await once(canary, "listening");
  const address = canary.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => void canary.close());
beforeEach(() => {
  touched = 0;
});

/** IPv4 as people have spelt it: dotted in three bases, shortened, one number, and every mix of those. */
function spellings([a, b, c, d]: readonly [number, number, number, number]): string[] {
  const bases = [
    (part: number) => String(part),
    (part: number) => `0x${part.toString(16)}`,
    (part: number) => `0${part.toString(8)}`,
    (part: number) => `0000${part.toString(8)}`,
    (part: number) => `0X${part.toString(16).toUpperCase().padStart(8, "0")}`,
  ];
  const forms = [
    [a, b, c, d],
    [a, b, c * 256 + d],
    [a, b * 65_536 + c * 256 + d],
    [a * 16_777_216 + b * 65_536 + c * 256 + d],
  ];
  const plain = forms.flatMap((parts) => bases.map((base) => parts.map(base).join(".")));
  const mixed = [`${a}.0x${b.toString(16)}.0${c.toString(8)}.${d}`];
  const all = [...plain, ...mixed];
  return [...all, ...all.map((text) => `${text}.`), ...all.map(fullwidth)];
}

/** Full-width digits and ideographic dots, which IDNA maps to plain ones. */
function fullwidth(text: string): string {
  return text
    .replaceAll(".", "。")
    .replace(/[0-9a-z]/g, (unit) => String.fromCodePoint((unit.codePointAt(0) ?? 0) + 0xfee0));
}

const INSIDE_V4 = [
  [127, 0, 0, 1],
  [127, 255, 255, 254],
  [0, 0, 0, 0],
  [10, 0, 0, 1],
  [172, 16, 0, 1],
  [172, 31, 255, 255],
  [192, 168, 1, 1],
  [169, 254, 169, 254],
  [100, 100, 100, 200],
  [192, 0, 0, 192],
  [198, 18, 0, 1],
  [224, 0, 0, 1],
  [240, 0, 0, 1],
  [255, 255, 255, 255],
  [192, 0, 2, 1],
  [203, 0, 113, 7],
] as const;

const INSIDE_V6 = [
  "::1",
  "::",
  "0:0:0:0:0:0:0:1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "::ffff:0:127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b::127.0.0.1",
  "64:ff9b:1::a00:1",
  "2002:7f00:1::",
  "2002:a9fe:a9fe::1",
  "2001:0:7f00:1::",
  "2001:db8::1",
  "fe80::1",
  "fec0::1",
  "fc00::1",
  "fd00:ec2::254",
  "ff02::1",
  "100::1",
  "3fff::1",
  "5f00::1",
  "2001:10::1",
  "2001:20::1",
];

const NAMES = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "a.localhost",
  "localhost.localdomain",
  "ip6-localhost",
  "ⓛocalhost",
  "loc%61lhost",
];

function hostsInside(): string[] {
  const v4 = INSIDE_V4.flatMap(spellings);
  const v6 = INSIDE_V6.flatMap((address) => [`[${address}]`, `[${address.toUpperCase()}]`]);
  return [...v4, ...v6, ...NAMES];
}

/** Sends a GET to the origin; resolves with "answered", or the code of what kept it from that. */
function dial(connections: Connections, origin: string): Promise<string> {
  return new Promise((resolve) => {
    connections.dispatcherFor("org", origin).dispatch(
      { origin, path: "/", method: "GET" },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => resolve("answered"),
        onResponseData: () => undefined,
        onResponseEnd: () => undefined,
        onResponseError: (_controller, error) =>
          resolve("code" in error ? String(error.code) : error.message),
      },
    );
  });
}

/** Tries to come to `url` the way a connector does. */
async function attempt(url: string): Promise<string> {
  const connections = createConnections({
    ...{ testModelOrigin: "http://127.0.0.1:1", localMode: false },
  });
  try {
    return await dial(connections, new URL(url).origin);
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  } finally {
    await connections.close();
  }
}

describe("G14: no way into the inside", () => {
  test("no spelling of an inside address, of hundreds, reaches a canary on this machine", async () => {
    const hosts = hostsInside();
    expect(hosts.length).toBeGreaterThan(1_000);
    const urls = hosts.flatMap((host) => [
      `http://${host}:${port}/`,
      `https://${host}:${port}/`,
      `https://${host}/`,
    ]);
    const ends = new Map<string, number>();
    for (let at = 0; at < urls.length; at += 200) {
      for (const end of await Promise.all(urls.slice(at, at + 200).map(attempt))) {
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    }
    expect(touched).toBe(0);
    expect(ends.get("answered")).toBeUndefined();
    expect([...ends.keys()].toSorted()).toEqual(
      expect.arrayContaining(["upstream_refused_address", "ERR_ADDRESS_REFUSED"]),
    );
  });

  test("other tricks of text neither", async () => {
    const urls = [
      `https://127.0.0.1:${port}\\@example.com/`,
      `https://example.com@127.0.0.1:${port}/`,
      `https://example.com#@127.0.0.1:${port}/`,
      `https://127.0.0.1%00.example.com:${port}/`,
      `https://user:password@localhost:${port}/`,
      `https:127.0.0.1:${port}`,
      `https:///127.0.0.1:${port}/`,
      `ftp://127.0.0.1:${port}/`,
      `file:///etc/passwd`,
      `https://[::1%25lo]:${port}/`,
      `https://[::ffff:127.0.0.1]/`,
    ];
    for (const url of urls) expect(await attempt(url)).not.toBe("answered");
    expect(touched).toBe(0);
  });

  test("the canary is one: without the guard it is reached", async () => {
    const connections = createConnections({
      testModelOrigin: `http://127.0.0.1:${port}`,
      localMode: true,
    });
    expect(await dial(connections, `http://127.0.0.1:${port}`)).not.toBe("answered");
    expect(touched).toBe(1);
    await connections.close();
  });

  test("every address outside of global unicast is inside, whatever its bits", () => {
    const octet = fc.nat({ max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, octet, (a, b, c, d) => {
        const text = `${a}.${b}.${c}.${d}`;
        const isInside =
          [0, 10, 127].includes(a) ||
          a >= 224 ||
          (a === 169 && b === 254) ||
          (a === 192 && b === 168) ||
          (a === 172 && b >= 16 && b < 32) ||
          (a === 100 && b >= 64 && b < 128) ||
          (a === 198 && (b === 18 || b === 19)) ||
          ["192.0.0", "192.0.2", "192.88.99", "198.51.100", "203.0.113"].includes(`${a}.${b}.${c}`);
        expect(isPublicAddress(text)).toBe(!isInside);
        expect(isPublicAddress(`::ffff:${text}`)).toBe(false);
        expect(isPublicAddress(`64:ff9b::${text}`)).toBe(false);
        expect(isPublicAddress(`::${text}`)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const first = Number.parseInt(text.split(":")[0] || "0", 16);
        if (first < 0x2000 || first > 0x3fff) expect(isPublicAddress(text)).toBe(false);
      }),
    );
    for (const text of ["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]) {
      expect(isPublicAddress(text)).toBe(true);
    }
    for (const text of [
      "",
      "example.com",
      "127.1",
      "8.8.8.8 ",
      "fe80::1%lo",
      "2606:4700::1111%lo",
      "[::1]",
    ]) {
      expect(isPublicAddress(text)).toBe(false);
    }
  });

  test("an origin is https, a name or a public address, and no odd port", () => {
    const allowed = [
      "https://api.anthropic.com",
      "https://api.anthropic.com:8443",
      "https://8.8.8.8",
    ];
    const refused = [
      "http://api.anthropic.com",
      "https://api.anthropic.com:22",
      "https://u@api.anthropic.com",
      "https://u:p@api.anthropic.com",
      "https://127.0.0.1",
      "wss://api.anthropic.com",
    ];
    for (const url of allowed) expect(isAllowedOrigin(new URL(url), null)).toBe(true);
    for (const url of refused) expect(isAllowedOrigin(new URL(url), null)).toBe(false);
  });
});

describe("G14: names that resolve into the inside", () => {
  /** A resolver that answers the given addresses, one list per question. */
  function answering(...answers: readonly (readonly string[])[]): {
    resolve: Resolve;
    asked(): number;
  } {
    let asked = 0;
    return {
      asked: () => asked,
      resolve(_hostname, _options, callback) {
        const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
        asked += 1;
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
        );
      },
    };
  }

  function lookUp(lookup: LookupFunction, all: boolean): Promise<unknown> {
    return new Promise((resolve) => {
      lookup("name.example", { all }, (error, address) =>
        resolve(error === null ? address : error.code),
      );
    });
  }

  test.each([
    [["127.0.0.1"]],
    [["8.8.8.8", "127.0.0.1"]],
    [["127.0.0.1", "8.8.8.8"]],
    [["8.8.8.8", "::1"]],
    [["2606:4700::1111", "10.0.0.1"]],
    [["8.8.8.8", "fe80::1"]],
    [["169.254.169.254"]],
    [["::ffff:8.8.8.8"]],
    [["nonsense"]],
    [[]],
  ])("%j is refused as a whole", async (addresses) => {
    for (const all of [true, false]) {
      expect(await lookUp(guardedLookup(answering(addresses).resolve), all)).toBe(
        "ERR_ADDRESS_REFUSED",
      );
    }
  });

  test("public addresses pass as they are", async () => {
    const lookup = guardedLookup(answering(["8.8.8.8", "2606:4700::1111"]).resolve);
    expect(await lookUp(lookup, true)).toEqual([
      { address: "8.8.8.8", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ]);
    expect(await lookUp(lookup, false)).toBe("8.8.8.8");
  });

  test("a name that was public is asked about again for every connection, and refused when it turns", async () => {
    const resolver = answering(["192.0.2.77"], ["127.0.0.1"]);
    const connections = createConnections({
      ...{ testModelOrigin: "http://127.0.0.1:1", localMode: false, resolve: resolver.resolve },
    });
    const origin = "https://rebinding.example:8443";
    for (let count = 0; count < 2; count += 1) {
      const code = await dial(connections, origin);
      expect(code).toBe("ERR_ADDRESS_REFUSED");
    }
    expect(resolver.asked()).toBe(2);
    expect(touched).toBe(0);
    await connections.close();
  });
});

describe("the test model's origin", () => {
  const testModelOrigin = "http://127.0.0.1:8790";

  test("may live on loopback in local mode only, and nothing else beside it may", () => {
    const local = createConnections({ testModelOrigin, localMode: true });
    expect(() => local.dispatcherFor("org", testModelOrigin)).not.toThrow();
    for (const origin of [
      "http://127.0.0.1:8791",
      "http://localhost:8790",
      "https://127.0.0.1:8790",
      "http://[::1]:8790",
    ]) {
      expect(() => local.dispatcherFor("org", origin)).toThrow("not one that calls may go to");
    }
    const deployed = createConnections({ testModelOrigin, localMode: false });
    expect(() => deployed.dispatcherFor("org", testModelOrigin)).toThrow(
      "not one that calls may go to",
    );
  });

  test("G17: two orgs never share a connection, the same org does", () => {
    const connections = createConnections({ testModelOrigin, localMode: true });
    const of = (org: string) => connections.dispatcherFor(org, "https://api.anthropic.com");
    expect(of("a")).toBe(of("a"));
    expect(of("a")).not.toBe(of("b"));
  });
});
