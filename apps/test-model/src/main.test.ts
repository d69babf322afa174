import { fileURLToPath } from "node:url";
import { open, send } from "@yolo/testkit/http-client";
import { type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

function start(env: Readonly<Record<string, string>>): RunningProcess {
  const { PATH } = process.env;
  const command = process.execPath;
  return startProcess({ name: "test-model", command, args: [MAIN], env: { PATH, ...env } });
}

async function addressOf(running: RunningProcess): Promise<string> {
  const line: unknown = JSON.parse(await running.line(/"listening"/));
  if (typeof line !== "object" || line === null || !("url" in line)) throw new Error("no address");
  return String(line.url);
}

test("it says where it listens and lets a live answer end when it is told to stop", async () => {
  await using running = start({ PORT: "0" });
  const url = await addressOf(running);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const reply = await open(`${url}/v1/messages`, {
    headers: [["anthropic-version", "2023-06-01"]],
    body: {
      model: "claude-test",
      max_tokens: 1_000,
      stream: true,
      messages: [{ role: "user", content: "#test stream 10 20" }],
    },
  });
  running.kill("SIGTERM");
  let received = "";
  for await (const chunk of reply.chunks) received += chunk.toString();
  expect(received).toMatch(/event: message_stop\n/);
  expect(await running.exited).toMatchObject({ code: 0 });
});

test("a taken port or a wrong variable is one clear line and exit code 1", async () => {
  await using running = start({ PORT: "0" });
  const { port } = new URL(await addressOf(running));
  await using second = start({ PORT: port });
  expect(await second.exited).toMatchObject({ code: 1 });
  expect(second.lastLines(10)).toMatchObject([expect.stringContaining("EADDRINUSE")]);
  await using third = start({ PORT: "70000" });
  expect(await third.exited).toMatchObject({ code: 1 });
  expect(third.lastLines(10)).toMatchObject([expect.stringContaining("PORT: ")]);
});

test("a health probe works while the process runs", async () => {
  await using running = start({ PORT: "0" });
  expect((await send(`${await addressOf(running)}/readyz`)).status).toBe(200);
});
