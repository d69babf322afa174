import { expect, test } from "vitest";
import { freePort, startProcess } from "./processes.ts";

function node(script: string) {
  return startProcess({ name: "child", command: process.execPath, args: ["-e", script], env: {} });
}

const FOREVER = "setInterval(() => {}, 1000);";

test("a line that was printed before, or comes later, is found", async () => {
  await using child = node(
    `console.log("early"); setTimeout(() => console.error("late"), 50); ${FOREVER}`,
  );
  expect(await child.line(/late/)).toBe("late");
  expect(await child.line(/early/)).toBe("early");
});

test("waiting for a line or an answer ends when the process does, with its last words", async () => {
  const child = node(`console.error("no such thing"); process.exit(3)`);
  const url = `http://127.0.0.1:${await freePort()}/`;
  const waiting = [child.line(/never/), child.answers(url, 10_000)].map((one) =>
    expect(one).rejects.toThrow("child ended with code 3: no such thing"),
  );
  await Promise.all(waiting);
});

test("a server is ready only once it answers 200", async () => {
  const port = await freePort();
  await using child = node(`let asked = 0;
    require("node:http").createServer((_, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end();
      if (asked === 3) console.log("third answer");
    }).listen(${port}, "127.0.0.1")`);
  await child.answers(`http://127.0.0.1:${port}/readyz`, 10_000);
  expect(await child.line(/answer/)).toBe("third answer");
});

test("a program that does not exist has exited, and says so", async () => {
  const child = startProcess({ name: "ghost", command: "/no/such/program", args: [], env: {} });
  expect((await child.exited).failure?.message).toContain("ENOENT");
  expect(child.describeExit()).toContain("ghost did not start");
  await child.stop();
});

test("a process that ignores SIGTERM, and what it started, are killed after the grace", async () => {
  const port = await freePort();
  const server = `require("node:http").createServer((_, response) => response.end()).listen(${port}, "127.0.0.1")`;
  const child = node(`process.on("SIGTERM", () => console.log("ignored"));
    require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(server)}]); ${FOREVER}`);
  const url = `http://127.0.0.1:${port}/`;
  await child.answers(url, 10_000);
  const exit = await child.stop({ graceMs: 200 });
  expect(exit.signal).toBe("SIGKILL");
  expect(await child.line(/./)).toBe("ignored");
  await expect.poll(() => fetch(url).catch((error: Error) => error.message)).toBe("fetch failed");
});
