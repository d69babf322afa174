/**
 * No way into the inside: a connection upstream goes only to an address of the public internet, whatever the name
 * resolves to at the moment of connecting. The one exception is the built-in test provider's own origin, named by
 * the environment. Whatever dials for a tenant, in the gateway or the control plane, dials through this.
 */
import type { LookupAddress, LookupAllOptions } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

const inside = new BlockList();
// IANA special-purpose registries (RFC 6890 and its updates): nothing here is globally reachable unicast.
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  inside.addSubnet(network, prefix, "ipv4");
}
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");
const insideV6 = new BlockList();
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  insideV6.addSubnet(network, prefix, "ipv6");
}

/** Whether an address is globally reachable unicast. Anything that is not an address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, "ipv4");
  // Global unicast is 2000::/3 only; mapped, translated and tunnelled forms of IPv4 lie outside or are listed.
  if (family !== 6 || address.includes("%")) return false;
  return publicV6.check(address, "ipv6") && !insideV6.check(address, "ipv6");
}

/** Whether an upstream origin may be dialled at all, by its text: https, a name or public address, no odd port. */
export function isAllowedOrigin(origin: URL, testModelOrigin: string | null): boolean {
  if (testModelOrigin !== null && origin.origin === testModelOrigin) return true;
  const host = origin.hostname.replace(/^\[|\]$/g, "");
  return (
    origin.protocol === "https:" &&
    origin.username === "" &&
    (isIP(host) === 0 || isPublicAddress(host)) &&
    (origin.port === "" || origin.port === "8443")
  );
}

/** Finds all addresses of a name, as `dns.lookup` does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for `net.connect`, over the system's `dns.lookup` as a rule, that fails with `ERR_ADDRESS_REFUSED` unless every address of the name is public.
 * The connection then goes to an address that was checked: nothing resolves a second time.
 */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, "");
        return;
      }
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      if (refused !== undefined || addresses.length === 0) {
        const text = `${hostname} resolves to ${refused?.address ?? "nothing"}`;
        callback(Object.assign(new Error(text), { code: "ERR_ADDRESS_REFUSED" }), "");
        return;
      }
      const [first] = addresses;
      if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}
