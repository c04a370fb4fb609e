import type { Api } from '../../api.ts';
import { AccountForm } from '../../components/account-form.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text.ts';

/** Asks who is there. */
export function SignIn({ api, onSignedIn }: { api: Api; onSignedIn: () => Promise<void> }) {
  return (
    <AccountForm
      title={text.account.signIn.title}
      submitWords={text.account.signIn.submit}
      busyWords={text.account.signIn.busy}
      onSubmit={async ({ email = '', password = '' }) => {
        await api.signIn({ email, password });
        await onSignedIn();
      }}
    >
      <Field name="email" type="email" label={text.account.email} autocomplete="username" autofocus />
      <Field name="password" type="password" label={text.account.password} autocomplete="current-password" />
    </AccountForm>
  );
}
