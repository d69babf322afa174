/**
 * Loaded before a program that `npm start` runs. Its standard input is held open by the one that started it: when
 * that one is gone, even by SIGKILL, the program is asked to end, so that nothing stays behind on its port.
 */
process.stdin.on("error", leave);
process.stdin.on("end", leave);
process.stdin.resume();
process.stdin.unref();

function leave() {
  process.kill(process.pid, "SIGTERM");
}
