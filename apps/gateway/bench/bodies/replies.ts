/** What the upstream says, always the same bytes: a message, and streams of events. */
import { anthropicEvents, anthropicMessage, encodeEvent } from "@yolo/testkit/upstream-replies";

/** The part of the query that tells the upstream what to answer with; proxies pass it on as it is. */
export const ASKS_FOR = {
  /** The message, as soon as the head has come. */
  message: "",
  /** The message, once the last byte of the request has come. */
  messageAfterBody: "?after-body",
  /** Sixty events in one go. */
  burst: "?burst",
  /** Fifty events, one every 20 ms. */
  paced: "?paced",
} as const;

const MODEL = "claude-sonnet-4-5";
const WORDS =
  "The failing test expects the limit to be read from the settings but the module still uses its own default so I will change that now and run the suite again before I look at anything else in this folder";
const BURST_EVENTS = 60;
export const PACED_EVENTS = 50;
export const PACE_MS = 20;
const EVENTS_BEFORE_TEXT = 3;
const EVENTS_BEHIND_TEXT = 3;

/** About a kilobyte of JSON. */
export const messageBody: string = JSON.stringify(
  anthropicMessage({ model: MODEL, deltas: words(145), inputTokens: 312, outputTokens: 145 }),
);

export const burstBody: string = events(BURST_EVENTS).join("");

/** Sent one by one: what comes before the first word with it, then a word at a time. */
export const pacedPieces: readonly string[] = piecesOf(events(PACED_EVENTS));

function piecesOf(all: readonly string[]): string[] {
  const [head, rest] = [all.slice(0, EVENTS_BEFORE_TEXT + 1), all.slice(EVENTS_BEFORE_TEXT + 1)];
  return [head.join(""), ...rest];
}

function events(count: number): string[] {
  const deltas = words(count - EVENTS_BEFORE_TEXT - EVENTS_BEHIND_TEXT);
  const content = { model: MODEL, deltas, inputTokens: 312, outputTokens: deltas.length };
  return [...anthropicEvents(content)].map(encodeEvent);
}

function words(count: number): string[] {
  const list = WORDS.split(" ");
  return Array.from({ length: count }, (_, at) => `${list[at % list.length]} `);
}
