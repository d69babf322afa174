/** How one signs in: password, second factor, sessions, and what happened. */
import type { Metadata } from "next";
import { PasswordForm } from "../../../../features/account/password-form.tsx";
import { SecondFactor } from "../../../../features/account/second-factor.tsx";
import { Sessions } from "../../../../features/account/sessions.tsx";
import { Trail } from "../../../../features/account/trail.tsx";
import { readSecurity } from "../../../../sign-in/security.ts";
import { requirePerson } from "../../../../sign-in/who.ts";
import { Card } from "../../../../ui/card.tsx";

export const metadata: Metadata = { title: "Security" };

export default async function Page() {
  const person = await requirePerson();
  const { sessions, events } = await readSecurity(person);
  return (
    <>
      <Card title="Password" description="Changing it ends every other session.">
        <PasswordForm email={person.email} />
      </Card>
      <Card
        title="Second factor"
        description="A code of an authenticator app, asked for after the password."
      >
        <SecondFactor on={person.twoFactor} />
      </Card>
      <Card title="Sessions" description="Where you are signed in." flush>
        <Sessions sessions={sessions} />
      </Card>
      <Card title="What happened" description="The last hundred events of your account." flush>
        <Trail events={events} />
      </Card>
    </>
  );
}
