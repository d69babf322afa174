/** How much mail strangers can make us write. */
import { addressCell, type PersonCall } from "./endpoint.ts";
import { takeTry } from "./limits.ts";

/** A few mails to one address, then one in ten minutes; more from one place. */
const TO_ADDRESS = { burst: 5, everySeconds: 600 };
const FROM_PLACE = { burst: 30, everySeconds: 60 };

/** Throws `rate_limited`. */
export async function takeMail(call: PersonCall<unknown>, email: string): Promise<void> {
  await takeTry(call.deps, [
    { key: `mail:${email}`, limit: TO_ADDRESS },
    addressCell(call, "mail", FROM_PLACE),
  ]);
}
