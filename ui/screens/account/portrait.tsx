import { useMember } from '../../app-context.ts';
import { portraitUrl, removePortrait, setPortrait } from '../../calls/account.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { FilePicker } from '../../components/file-picker.tsx';
import { Section } from '../../components/rows.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';

/** The picture of the account. */
export function Portrait() {
  const { api, user, openSession } = useMember();
  const { run, isBusy } = useAction();
  const words = text.settings.account;
  const src = portraitUrl(user);
  const change = (action: () => Promise<unknown>) =>
    run(async () => {
      await action();
      await openSession();
    });
  return (
    <Section title={words.picture} lead={words.pictureLead}>
      <div class="portrait">
        <Avatar name={user.name} size={96} {...(src !== undefined && { src })} />
        <FilePicker
          class="button"
          onFiles={([file]) => {
            if (file) void change(() => setPortrait(api, file));
          }}
        >
          {words.choosePicture}
        </FilePicker>
        {src === undefined ? null : (
          <Button kind="quiet" isBusy={isBusy} onClick={() => change(() => removePortrait(api))}>
            {words.removePicture}
          </Button>
        )}
      </div>
    </Section>
  );
}
