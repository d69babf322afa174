/**
 * Importing this makes `fetch` find `<slug>.localhost` everywhere: browsers and some systems resolve those names to the
 * loopback by themselves (RFC 6761 §6.3), others do not resolve them at all.
 */
import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, install, setGlobalDispatcher } from "undici";

const resolve: LookupFunction = (hostname, options, done) => {
  lookup(hostname.endsWith(".localhost") ? "127.0.0.1" : hostname, options, done);
};

setGlobalDispatcher(new Agent({ connect: { lookup: resolve } }));
install();
