import type { Api } from '../../api.ts';
import { AccountForm } from '../../components/account-form.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text.ts';

/** Asks who is there. */
export function SignIn({ api, onSignedIn }: { api: Api; onSignedIn: () => Promise<void> }) {
  return (
    <AccountForm
      title={text.signIn.title}
      submitWords={text.signIn.submit}
      busyWords={text.signIn.busy}
      onSubmit={async ({ email = '', password = '' }) => {
        await api.signIn({ email, password });
        await onSignedIn();
      }}
    >
      <Field name="email" type="email" label={text.signIn.email} autocomplete="username" autofocus />
      <Field name="password" type="password" label={text.signIn.password} autocomplete="current-password" />
    </AccountForm>
  );
}
