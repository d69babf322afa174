/** Beside the page: judges texts with the engine that also judges them on the server, so that typing never waits. */
import { lintPolicy } from "@yolo/policy/lint";
import { longFormsIn } from "@yolo/policy/long-forms";
import type { Answer, Question } from "./judgement.ts";

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  const { id, text } = data;
  const issues = lintPolicy(text).filter(({ code }) => code !== "test_failed");
  const answer: Answer = { id, issues, longForms: longFormsIn(text) };
  postMessage(answer);
});
