import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { changePassword } from '../../calls/account.ts';
import { Field } from '../../components/field.tsx';
import { Section } from '../../components/rows.tsx';
import { SectionForm } from '../../components/section-form.tsx';
import { Switch } from '../../components/switch.tsx';
import { text } from '../../text.ts';

/** A new password, by somebody who knows the old one. */
export function PasswordSection() {
  const { api, toasts, openSession } = useMember();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [signOutOthers, setSignOutOthers] = useState(false);
  const words = text.settings.account;
  return (
    <Section title={words.password}>
      <SectionForm
        submitWords={words.changePassword}
        onSubmit={async () => {
          await changePassword(api, { password, newPassword, signOutOthers });
          setPassword('');
          setNewPassword('');
          toasts.show({ words: words.passwordChanged });
          await openSession();
        }}
      >
        <Field
          label={words.oldPassword}
          type="password"
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
        />
        <Field
          label={words.newPassword}
          type="password"
          value={newPassword}
          onInput={setNewPassword}
          autocomplete="new-password"
          minLength={8}
          hint={text.account.signUp.passwordHint}
        />
        <Switch
          label={words.signOutOthers}
          hint={words.signOutOthersHint}
          isOn={signOutOthers}
          onChange={setSignOutOthers}
        />
      </SectionForm>
    </Section>
  );
}
