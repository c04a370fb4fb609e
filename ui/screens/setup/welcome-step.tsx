import { useState } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { BoxPicture } from '../../components/box-picture.tsx';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text.ts';
import { StepForm } from './step-form.tsx';

/** The first two screens of a new box: what it is, then the account of the one who looks after it. */
export function WelcomeStep() {
  const { api, router, openSession } = useApp();
  const [hasBegun, setHasBegun] = useState(false);
  const words = text.setup;
  if (!hasBegun)
    return (
      <div class="setup-welcome">
        <BoxPicture />
        <h1>{words.welcome.title}</h1>
        <p class="setup-lead">{words.welcome.lead}</p>
        <Button kind="main" autofocus onClick={() => setHasBegun(true)}>
          {words.welcome.begin}
        </Button>
      </div>
    );
  return (
    <StepForm
      title={words.account.title}
      lead={words.account.lead}
      submitWords={text.account.signUp.submit}
      busyWords={text.account.signUp.busy}
      onSubmit={async ({ name = '', email = '', password = '' }) => {
        await api.signUp({ name: name.trim(), email, password });
        await api.signIn({ email, password });
        router.go('/setup', { replace: true });
        await openSession();
      }}
      // Somebody else was first.
      onProblem={(problem) => {
        if (problem.code === 'admin_exists') void openSession();
      }}
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
    </StepForm>
  );
}
