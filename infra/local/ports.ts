/** Ports on the loopback that people have chosen. */
import { once } from "node:events";
import { createServer } from "node:net";
import { OperatorError } from "@yolo/prisma/operator-error";

/** Throws `OperatorError` when something listens on the port already, or it may not be used. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const problem = taken ? "is taken by another program" : "may not be used by this user";
    throw new OperatorError(`Port ${port} ${problem}: set ${variable} to another one.`, { cause });
  }
  server.close();
  await once(server, "close");
}
