/** The engine in a worker, asked from the page. */
import type { Answer, Judgement, Question } from "./judgement.ts";

export interface Judge {
  /** Rejects when the worker could not be started, or is closed meanwhile. */
  judge(text: string): Promise<Judgement>;
  close(): void;
}

interface Waiting {
  resolve(judgement: Judgement): void;
  reject(reason: Error): void;
}

export function startJudge(): Judge {
  const worker = new Worker(new URL("./judge-worker.ts", import.meta.url));
  const waiting = new Map<number, Waiting>();
  let count = 0;
  const end = (reason: Error) => {
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  });
  worker.addEventListener("error", () => end(new Error("The checks could not be started.")));
  return {
    judge(text) {
      count += 1;
      const question: Question = { id: count, text };
      return new Promise((resolve, reject) => {
        waiting.set(question.id, { resolve, reject });
        worker.postMessage(question);
      });
    },
    close() {
      worker.terminate();
      end(new Error("closed"));
    },
  };
}
