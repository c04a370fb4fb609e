import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { updateMe } from '../../calls/account.ts';
import { Field } from '../../components/field.tsx';
import { Section } from '../../components/rows.tsx';
import { SectionForm } from '../../components/section-form.tsx';
import { text } from '../../text.ts';

/** What the account is called, and how it signs in. */
export function WhoSection() {
  const { api, user, toasts, openSession } = useMember();
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email);
  const words = text.settings.account;
  return (
    <Section title={words.who}>
      <SectionForm
        submitWords={text.kit.save}
        onSubmit={async () => {
          await updateMe(api, { name: name.trim(), email });
          toasts.show({ words: text.settings.saved });
          await openSession();
        }}
      >
        <Field label={words.name} value={name} onInput={setName} maxLength={200} autocomplete="name" />
        <Field
          label={text.account.email}
          type="email"
          value={email}
          onInput={setEmail}
          autocomplete="username"
          hint={text.account.signUp.emailHint}
        />
      </SectionForm>
    </Section>
  );
}
