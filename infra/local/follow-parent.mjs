/**
 * Loaded before a program that `npm start` runs. Its standard input is held open by the one that started it: when
 * that one is gone, even by SIGKILL, the program is asked to end, so that nothing stays behind on its port.
 */
process.stdin.on("error", leave);
process.stdin.on("end", leave);
process.stdin.resume();
process.stdin.unref();
// Nobody reads what it prints from then on; that alone must not end it before it has put things away.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

function leave() {
  process.kill(process.pid, "SIGTERM");
}
