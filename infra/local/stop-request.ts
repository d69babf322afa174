/** Ctrl-C, a polite kill, a closed terminal, or the end of the process that started us: all ask for the same. */

/** Why everything ends although nothing is wrong. */
export class StopRequested extends Error {
  constructor(by: string) {
    super(`asked to stop by ${by}`);
    this.name = "StopRequested";
  }
}

/** Aborts, with a `StopRequested`, the first time anybody asks; from then on further requests change nothing. */
export function listenForStop(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort(new StopRequested(signal)));
  }
  process.on("disconnect", () => controller.abort(new StopRequested("the end of its parent")));
  // Listening alone must not keep the process alive.
  process.channel?.unref();
  return controller.signal;
}

/** The result of `work`; rejects with the signal's reason as soon as it is aborted. */
export async function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  stop.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(stop.reason);
  stop.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop.removeEventListener("abort", abort);
  }
}
