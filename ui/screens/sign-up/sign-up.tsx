import type { Api } from '../../api.ts';
import { AccountForm } from '../../components/account-form.tsx';
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
      title={text.signUp.title}
      lead={text.signUp.lead}
      submitWords={text.signUp.submit}
      busyWords={text.signUp.busy}
      onSubmit={async ({ name = '', email = '', password = '' }) => {
        await api.signUp({ name: name.trim(), email, password });
        await api.signIn({ email, password });
        await onSignedIn();
      }}
      wayOut={
        <button type="button" class="quiet-button" onClick={onSignInInstead}>
          {text.signUp.signInInstead}
        </button>
      }
    >
      <Field name="name" label={text.signUp.name} autocomplete="name" autofocus />
      <Field
        name="email"
        type="email"
        label={text.signUp.email}
        hint={text.signUp.emailHint}
        autocomplete="username"
      />
      <Field
        name="password"
        type="password"
        label={text.signUp.password}
        hint={text.signUp.passwordHint}
        autocomplete="new-password"
        minLength={8}
      />
    </AccountForm>
  );
}
