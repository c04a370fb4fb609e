import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { changePin, hasPin, removePin, setPin } from '../../calls/account.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Section } from '../../components/rows.tsx';
import { SectionForm } from '../../components/section-form.tsx';
import { LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';

/** Six digits, as the phones' apps ask for them. */
const PIN_LENGTH = 6;

/** The PIN of the locked folder: set, changed with the password, removed. */
export function PinSection() {
  const { api } = useMember();
  const load = useLoad(() => hasPin(api), []);
  const words = text.settings.account;
  return (
    <Section title={words.pin} lead={words.pinLead}>
      <LoadedView load={load}>
        {(isSet) => <PinForm key={String(isSet)} isSet={isSet} onChange={load.change} />}
      </LoadedView>
    </Section>
  );
}

function PinForm({ isSet, onChange }: { isSet: boolean; onChange: (isSet: boolean) => void }) {
  const { api, toasts } = useMember();
  const [pin, setPinText] = useState('');
  const [password, setPassword] = useState('');
  const [isRemoving, setIsRemoving] = useState(false);
  const words = text.settings.account;
  const proof = (
    <Field
      label={words.pinProof}
      type="password"
      value={password}
      onInput={setPassword}
      autocomplete="current-password"
    />
  );
  return (
    <>
      {isSet ? <p>{words.pinSet}</p> : null}
      <SectionForm
        submitWords={isSet ? words.changePin : words.setPin}
        onSubmit={async () => {
          await (isSet ? changePin(api, pin, password) : setPin(api, pin));
          setPinText('');
          setPassword('');
          toasts.show({ words: words.pinChanged });
          onChange(true);
        }}
        more={
          isSet ? (
            <Button kind="quiet" onClick={() => setIsRemoving(true)}>
              {words.removePin}
            </Button>
          ) : undefined
        }
      >
        <Field
          label={words.pinField}
          type="password"
          inputMode="numeric"
          value={pin}
          onInput={setPinText}
          minLength={PIN_LENGTH}
          maxLength={PIN_LENGTH}
        />
        {isSet ? proof : null}
      </SectionForm>
      {isRemoving ? (
        <Dialog title={words.removePin} onClose={() => setIsRemoving(false)}>
          <p>{words.removePinConfirm}</p>
          <SectionForm
            submitWords={words.removePin}
            onSubmit={async () => {
              await removePin(api, password);
              setPassword('');
              setIsRemoving(false);
              toasts.show({ words: words.pinRemoved });
              onChange(false);
            }}
          >
            {proof}
          </SectionForm>
        </Dialog>
      ) : null}
    </>
  );
}
