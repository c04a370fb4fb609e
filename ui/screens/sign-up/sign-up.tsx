import type { Api } from '../../api.ts';
import { AccountForm } from '../../components/account-form.tsx';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text.ts';

export interface SignUpProps {
  api: Api;
  onSignedIn: () => Promise<void>;
  /** For the one who was second. */
  onSignInInstead: () => void;
}

/** Makes the first account of a new box. */
export function SignUp({ api, onSignedIn, onSignInInstead }: SignUpProps) {
  return (
    <AccountForm
      title={text.account.signUp.title}
      lead={text.account.signUp.lead}
      submitWords={text.account.signUp.submit}
      busyWords={text.account.signUp.busy}
      onSubmit={async ({ name = '', email = '', password = '' }) => {
        await api.signUp({ name: name.trim(), email, password });
        await api.signIn({ email, password });
        await onSignedIn();
      }}
      wayOut={
        <Button kind="quiet" onClick={onSignInInstead}>
          {text.account.signUp.signInInstead}
        </Button>
      }
    >
      <Field name="name" label={text.account.signUp.name} autocomplete="name" autofocus />
      <Field
        name="email"
        type="email"
        label={text.account.email}
        hint={text.account.signUp.emailHint}
        autocomplete="username"
      />
      <Field
        name="password"
        type="password"
        label={text.account.password}
        hint={text.account.signUp.passwordHint}
        autocomplete="new-password"
        minLength={8}
      />
    </AccountForm>
  );
}
