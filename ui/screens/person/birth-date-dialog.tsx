import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';

export interface BirthDateDialogProps {
  /** `2019-05-04`; null when it is not known. */
  birthDate: string | null;
  onPick: (birthDate: string | null) => Promise<unknown>;
  onClose: () => void;
}

/** Asks when somebody was born. */
export function BirthDateDialog({ birthDate, onPick, onClose }: BirthDateDialogProps) {
  const [typed, setTyped] = useState(birthDate ?? '');
  const { run, isBusy } = useAction();
  const words = text.people;
  const pick = async (picked: string | null) => {
    if (await run(() => onPick(picked))) onClose();
  };
  return (
    <Dialog
      title={words.setBirthDate}
      onClose={onClose}
      actions={
        <>
          {birthDate === null ? null : (
            <Button kind="quiet" onClick={() => void pick(null)}>
              {words.removeBirthDate}
            </Button>
          )}
          <Button kind="main" isBusy={isBusy} isDisabled={typed === ''} onClick={() => void pick(typed)}>
            {text.kit.save}
          </Button>
        </>
      }
    >
      <Field
        label={words.birthDate}
        hint={words.birthDateLead}
        type="date"
        value={typed}
        onInput={setTyped}
        autofocus
        isOptional
      />
    </Dialog>
  );
}
