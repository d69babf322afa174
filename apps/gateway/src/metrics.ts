/** What Prometheus reads. No tenant's name or id stands in a label. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export function createMetrics(read: { live(): number; unsettled(): number; leased(): boolean }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: "yolo_live_calls",
    help: "Calls under way.",
    registers,
    collect() {
      this.set(read.live());
    },
  });
  new Gauge({
    name: "yolo_unsettled_outcomes",
    help: "Outcomes not yet committed.",
    registers,
    collect() {
      this.set(read.unsettled());
    },
  });
  new Gauge({
    name: "yolo_lease_held",
    help: "1 while this process may admit.",
    registers,
    collect() {
      this.set(read.leased() ? 1 : 0);
    },
  });
  return {
    registry,
    calls: new Counter({
      name: "yolo_calls_total",
      help: "Admitted calls by outcome.",
      labelNames: ["outcome"],
      registers,
    }),
    refusals: new Counter({
      name: "yolo_refusals_total",
      help: "Refused requests by error code.",
      labelNames: ["code"],
      registers,
    }),
    admission: new Histogram({
      name: "yolo_admission_seconds",
      help: "From asking for admission to its commit.",
      buckets: [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.25, 1, 2],
      registers,
    }),
    batchItems: new Histogram({
      name: "yolo_batch_items",
      help: "Calls that share one commit, by what is committed: admission or settlement.",
      labelNames: ["of"],
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    }),
    settleErrors: new Counter({
      name: "yolo_settle_errors_total",
      help: "Attempts to write an outcome that failed and are tried again.",
      registers,
    }),
  };
}
