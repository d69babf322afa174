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
/** Events of a stream that are not deltas of text: three before them, three behind. */
const FRAME_EVENTS = 6;

/** About a kilobyte of JSON. */
export const messageBody: string = JSON.stringify(
  anthropicMessage({ model: MODEL, deltas: words(145), inputTokens: 312, outputTokens: 145 }),
);

export const burstBody: string = events(BURST_EVENTS).join("");

/** Sent one by one. */
export const pacedEvents: readonly string[] = events(PACED_EVENTS);

function events(count: number): string[] {
  const deltas = words(count - FRAME_EVENTS);
  const content = { model: MODEL, deltas, inputTokens: 312, outputTokens: deltas.length };
  return [...anthropicEvents(content)].map(encodeEvent);
}

function words(count: number): string[] {
  const list = WORDS.split(" ");
  return Array.from({ length: count }, (_, at) => `${list[at % list.length]} `);
}
