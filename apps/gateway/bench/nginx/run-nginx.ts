/** One private nginx: a master with one worker, in a folder of its own, on the loopback only. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunningProcess, startProcess } from "@yolo/testkit/processes";

export interface NginxOptions {
  readonly program: string;
  readonly folder: string;
  /** Where the configuration answers `/readyz`. */
  readonly port: number;
  /** What stands in the `http` block besides the settings that all share. */
  readonly http: string;
  /** Runs it behind this command. */
  readonly behind?: readonly string[];
}

const READY_MS = 10_000;

export async function runNginx(options: NginxOptions): Promise<RunningProcess> {
  const { folder, port } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration(options));
  const [command = options.program, ...args] = [
    ...(options.behind ?? []),
    options.program,
    ...["-p", folder, "-c", file, "-e", "stderr"],
  ];
  const running = startProcess({ name: "nginx", command, args, env: { LC_ALL: "C" } });
  await running.answers(`http://127.0.0.1:${port}/readyz`, READY_MS);
  return running;
}

/** The longest keep-alive and the fewest writes to disk: none. */
function configuration({ folder, http }: NginxOptions): string {
  return `
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${join(folder, "pid")};
error_log stderr error;
events { worker_connections 4096; }
http {
  access_log off;
  tcp_nodelay on;
  keepalive_timeout 75s;
  keepalive_requests 100000000;
  client_max_body_size 32m;
  client_body_buffer_size 256k;
  client_body_temp_path ${join(folder, "body")};
  proxy_temp_path ${join(folder, "proxy")};
  fastcgi_temp_path ${join(folder, "fastcgi")};
  uwsgi_temp_path ${join(folder, "uwsgi")};
  scgi_temp_path ${join(folder, "scgi")};
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_buffering off;
${http}
}
`;
}
