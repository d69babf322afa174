/** A closed loop by wrk: by far the cheapest load generator, so that what shares its core has room. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProcess } from "@yolo/testkit/processes";
import { z } from "zod";
import { wireText } from "../request.ts";
import type { ClosedLoop, LoadJob, LoadResult } from "./load.ts";

const count = z.int().nonnegative();
const report = z.strictObject({
  requests: count,
  micros: z.int().positive(),
  p50: count,
  p99: count,
  connect: count,
  read: count,
  write: count,
  timeout: count,
  /** Answers above 399. */
  status: count,
  /** Answers with another status than the one asked for; counted only where that is not 200. */
  unexpected: count,
});

const SCRIPT = join(import.meta.dirname, "wrk.lua");

/** `folder` is the caller's, for the requests of one job after another. */
export function wrkLoop(program: string, folder: string): ClosedLoop {
  return async (job) => {
    const requests = join(folder, "requests");
    mkdirSync(requests, { recursive: true });
    for (const [at, template] of job.requests.entries()) {
      writeFileSync(join(requests, `request-${at + 1}.http`), wireText(template));
    }
    await using wrk = startProcess({
      name: "wrk",
      command: program,
      args: argumentsOf(job, requests),
      env: { LC_ALL: "C" },
    });
    const line = await wrk.line(/^RESULT /);
    await wrk.exited;
    return resultOf(report.parse(JSON.parse(line.slice("RESULT ".length))), job);
  };
}

function argumentsOf(job: LoadJob, requests: string): string[] {
  // A sequence must go over one connection in order, and a thread of wrk does not know which one it writes to.
  const threads = job.requests.length > 1 ? job.connections : 1;
  return [
    ["--connections", job.connections],
    ["--threads", threads],
    ["--duration", `${job.seconds}s`],
    ["--timeout", "10s"],
    ["--script", SCRIPT],
    [job.url],
    ["--", requests, job.requests.length, job.run, job.status],
  ]
    .flat()
    .map(String);
}

function resultOf(said: z.output<typeof report>, job: LoadJob): LoadResult {
  const wrongStatus = job.status === 200 ? said.status : said.unexpected;
  const kinds: readonly (readonly [number, string])[] = [
    [wrongStatus, `a status other than ${job.status}`],
    [said.connect, "no connection"],
    [said.read, "a connection lost while reading"],
    [said.write, "a connection lost while writing"],
    [said.timeout, "no answer within 10 s"],
  ];
  return {
    requests: said.requests,
    seconds: said.micros / 1_000_000,
    p50Ms: said.p50 / 1_000,
    p99Ms: said.p99 / 1_000,
    errors: kinds.flatMap(([times, what]) => (times > 0 ? [`${times} × ${what}`] : [])),
  };
}
