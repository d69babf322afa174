/** Where a request comes from, as far as that can be believed. */

/** The header that carries it inside this process; what a client sends under this name is dropped. */
export const CLIENT_ADDRESS = "yolo-client-address";

const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

/**
 * The client's IP address: the entry that the outermost of our own proxies added to `x-forwarded-for`. With no
 * proxy in front nothing in that header can be believed, and the address is unknown.
 */
function clientAddress(headers: Headers, trustedProxies: number): string | undefined {
  if (trustedProxies === 0) return undefined;
  const entries = (headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
  const address = entries.at(-trustedProxies);
  return address !== undefined && ADDRESS.test(address) ? address : undefined;
}

/** The same headers with the believed address in place of whatever was sent. */
export function withClientAddress(headers: Headers, trustedProxies: number): Headers {
  const believed = new Headers(headers);
  believed.delete(CLIENT_ADDRESS);
  const address = clientAddress(headers, trustedProxies);
  if (address !== undefined) believed.set(CLIENT_ADDRESS, address);
  return believed;
}
