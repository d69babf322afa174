import { once } from "node:events";
import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { startProvider } from "../../test/provider.ts";
import { judgeProbe } from "./judge-probe.ts";
import { probe } from "./probe.ts";

const CREDENTIAL = { tried: "credential", host: "llm.acme.io" } as const;
const REACHABILITY = { tried: "reachability", host: "llm.acme.io" } as const;

async function ask(url: string, deadlineMs = 5_000) {
  const { origin } = new URL(url);
  return probe({ url: new URL(url), headers: {}, trustedOrigin: origin, deadlineMs });
}

describe("no way into the inside", () => {
  test("a name that resolves to this machine is refused, and nothing arrives", async () => {
    let touched = 0;
    const canary = createServer((socket) => {
      touched += 1;
      socket.destroy();
    }).listen(8_443, "127.0.0.1");
    await once(canary, "listening");
    const probed = await probe({
      url: new URL("https://localhost:8443/v1/models"),
      headers: { "x-api-key": "secret" },
      trustedOrigin: null,
    });
    canary.close();
    expect(probed).toEqual({ kind: "failed", code: "ERR_ADDRESS_REFUSED" });
    expect(touched).toBe(0);
    expect(judgeProbe(probed, CREDENTIAL).problem).toBe("refused_address");
  });

  test.for(["https://127.0.0.1", "https://[::1]", "http://llm.acme.io", "https://a.io:22"])(
    "%s is refused by its text",
    async (text) => {
      const probed = await probe({ url: new URL(text), headers: {}, trustedOrigin: null });
      expect(probed).toEqual({ kind: "failed", code: "ERR_ADDRESS_REFUSED" });
    },
  );

  test("a redirect is not followed", async () => {
    await using inside = await startProvider();
    await using provider = await startProvider((_request, response) => {
      response.writeHead(302, { location: `${inside.url}/v1/models` }).end();
    });
    const probed = await ask(provider.url);
    expect(probed).toMatchObject({ kind: "answered", status: 302 });
    expect(judgeProbe(probed, CREDENTIAL).problem).toBe("wrong_address");
    expect(inside.keys).toEqual([]);
  });
});

describe("what is wrong is said in words", () => {
  test("nobody listens", async () => {
    const provider = await startProvider();
    await provider[Symbol.asyncDispose]();
    expect(judgeProbe(await ask(provider.url), CREDENTIAL).problem).toBe("unreachable");
  });

  test("no answer in time", async () => {
    await using provider = await startProvider(() => undefined);
    const probed = await ask(provider.url, 100);
    expect(judgeProbe(probed, CREDENTIAL).problem).toBe("timeout");
  });

  test("an answer that never ends is cut", async () => {
    await using provider = await startProvider((_request, response) => {
      response.writeHead(200).write("x");
    });
    expect(judgeProbe(await ask(provider.url, 100), CREDENTIAL).problem).toBe("timeout");
  });

  test("no name", async () => {
    const url = new URL("https://nobody.yolo-test.invalid");
    const probed = await probe({ url, headers: {}, trustedOrigin: null });
    expect(judgeProbe(probed, CREDENTIAL).problem).toBe("unknown_name");
  });

  test("no certificate", async () => {
    const server = createTlsServer({}).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const probed = await ask(`https://127.0.0.1:${port}`);
    server.close();
    expect(judgeProbe(probed, CREDENTIAL).problem).toBe("tls");
  });

  test.for([
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ])("%s is a matter of TLS", (code) => {
    expect(judgeProbe({ kind: "failed", code }, CREDENTIAL).problem).toBe("tls");
  });

  test.for([
    [200, '{"data":[]}', null],
    [200, "<html>", "wrong_address"],
    [200, '{"ok":true}', "wrong_address"],
    [401, "{}", "wrong_credential"],
    [403, "{}", "forbidden"],
    [404, "{}", "wrong_address"],
    [429, "{}", "rate_limited"],
    [529, "{}", "upstream_error"],
  ] as const)("with a credential %i %s is %s", ([status, body, problem]) => {
    expect(
      judgeProbe({ kind: "answered", status, body, header: () => undefined }, CREDENTIAL).problem,
    ).toBe(problem);
  });

  test.for([
    [200, null],
    [401, null],
    [403, null],
    [404, "wrong_address"],
    [500, "upstream_error"],
  ] as const)("without one %i is %s", ([status, problem]) => {
    const judged = judgeProbe(
      { kind: "answered", status, body: "", header: () => undefined },
      REACHABILITY,
    );
    expect(judged.problem).toBe(problem);
    if (problem === null) expect(judged.message).toContain("no credential here to try");
  });
});
