/** What Prometheus reads. No tenant's name or id stands in a label. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export function createMetrics(read: { queueConnected(): boolean }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: "yolo_queue_connected",
    help: "1 while Redis answers.",
    registers,
    collect() {
      this.set(read.queueConnected() ? 1 : 0);
    },
  });
  return {
    registry,
    sweeps: new Counter({
      name: "yolo_sweeps_total",
      help: "Passes of a sweep by result.",
      labelNames: ["sweep", "result"],
      registers,
    }),
    sweepSeconds: new Histogram({
      name: "yolo_sweep_seconds",
      help: "How long a successful pass took.",
      labelNames: ["sweep"],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    swept: new Counter({
      name: "yolo_swept_total",
      help: "Rows that a sweep closed.",
      labelNames: ["sweep"],
      registers,
    }),
    jobs: new Counter({
      name: "yolo_jobs_total",
      help: "Jobs by result; a failed one is tried again as the catalogue says.",
      labelNames: ["job", "result"],
      registers,
    }),
  };
}
