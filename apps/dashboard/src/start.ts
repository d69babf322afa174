/** Checks what the server is given before it takes a request; ends the process with the reason. */
import { readSecrets } from "@yolo/store/secrets-file";
import { readEnv } from "./env.ts";

export function start(): void {
  try {
    readSecrets(readEnv(process.env).SECRETS_FILE);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
