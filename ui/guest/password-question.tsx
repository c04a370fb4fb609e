import { useState } from 'preact/hooks';
import type { GuestSharedLink } from '#contract/shared-links';
import { RequestProblem } from '../api.ts';
import { useApp } from '../app-context.ts';
import { openGuestLink } from '../calls/shared-links.ts';
import { BoxPicture } from '../components/box-picture.tsx';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { text } from '../text.ts';

/** Asks for the password of a link. */
export function PasswordQuestion({ onOpened }: { onOpened: (link: GuestSharedLink) => void }) {
  const { api } = useApp();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const words = text.guest;
  const open = async () => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      onOpened(await openGuestLink(api, password));
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      setProblem(error.code === 'share_password_wrong' ? words.wrong : error.message);
      setIsBusy(false);
    }
  };
  return (
    <div class="guest-question">
      <BoxPicture />
      <h1>{words.passwordTitle}</h1>
      <p>{words.passwordLead}</p>
      <form
        class="guest-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void open();
        }}
      >
        <Field
          label={words.password}
          type="password"
          autocomplete="off"
          value={password}
          onInput={setPassword}
          {...(problem !== undefined && { problem })}
          autofocus
        />
        <Button kind="main" type="submit" isBusy={isBusy}>
          {words.open}
        </Button>
      </form>
    </div>
  );
}
