/** The parts that make up a running yologateway, and what it means when one of them is away. */

export const PART_IDS = ["gateway", "database", "worker", "redis", "testModel"] as const;
export type PartId = (typeof PART_IDS)[number];

interface PartText {
  readonly name: string;
  /** How it is called inside a sentence. */
  readonly inSentence: string;
  readonly does: string;
  readonly whenDown: string;
}

export const PARTS: { readonly [id in PartId]: PartText } = {
  gateway: {
    name: "Gateway",
    inSentence: "The gateway",
    does: "Identifies, decides and records every call before it leaves.",
    whenDown: "Agents cannot reach their models until the gateway is back.",
  },
  database: {
    name: "Database",
    inSentence: "The database",
    does: "Postgres: policies, keys and every record.",
    whenDown: "Every call is refused: no record, no action.",
  },
  worker: {
    name: "Worker",
    inSentence: "The worker",
    does: "Sweeps and jobs: everything that happens later.",
    whenDown: "Calls go on. What a crashed gateway left open stays open meanwhile.",
  },
  redis: {
    name: "Redis",
    inSentence: "Redis",
    does: "Queues and wake-ups: speed, never the truth.",
    whenDown: "Calls go on. Background jobs wait.",
  },
  testModel: {
    name: "Test model",
    inSentence: "The test model",
    does: "Answers test keys, so that trying costs nothing.",
    whenDown: "Calls with test keys fail. Live keys are not affected.",
  },
};

export interface PartStatus {
  readonly id: PartId;
  readonly up: boolean;
  /** How long its answer took; null without one. */
  readonly tookMs: number | null;
  /** Null where addresses are not shown. */
  readonly address: string | null;
}

/** The state of the whole in one sentence, and what follows from it. */
export function summarize(parts: readonly PartStatus[]): {
  readonly headline: string;
  readonly consequence: string;
} {
  const down = parts.filter(({ up }) => !up);
  const [first, second] = down;
  if (first === undefined) {
    return {
      headline: "Everything runs.",
      consequence: "Calls are identified, decided and on record before they leave.",
    };
  }
  const consequence = PARTS[first.id].whenDown;
  if (second === undefined) {
    return { headline: `${PARTS[first.id].inSentence} is down.`, consequence };
  }
  return { headline: `${down.length} of ${parts.length} parts are down.`, consequence };
}
