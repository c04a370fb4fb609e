import './setting-control.css';
import { useState } from 'preact/hooks';
import type { SettingField, SettingValue } from '#contract/appliance-settings';
import { RequestProblem } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Switch } from '../../components/switch.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { settingHint, settingLabel } from './setting-words.ts';

export interface SettingControlProps {
  field: SettingField;
  /** Rejects with a RequestProblem when the box does not take the value. */
  onSave: (value: SettingValue) => Promise<void>;
}

/** One setting: a switch counts at once, everything else when it is saved. */
export function SettingControl({ field, onSave }: SettingControlProps) {
  if (field.kind === 'switch') return <SwitchControl field={field} onSave={onSave} />;
  return <TypedControl field={field} onSave={onSave} />;
}

function SwitchControl({ field, onSave }: SettingControlProps) {
  const { run, isBusy } = useAction();
  return (
    <Switch
      label={settingLabel(field)}
      hint={settingHint(field)}
      isOn={field.value === true}
      isDisabled={isBusy}
      onChange={(isOn) => void run(() => onSave(isOn))}
    />
  );
}

function TypedControl({ field, onSave }: SettingControlProps) {
  const { kind, value, minimum, maximum, maxLength } = field;
  const [typed, setTyped] = useState(String(value));
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  return (
    <form
      class="setting"
      onSubmit={async (event) => {
        event.preventDefault();
        if (isBusy) return;
        setProblem(undefined);
        setIsBusy(true);
        try {
          await onSave(kind === 'number' ? Number(typed) : typed.trim());
        } catch (error) {
          if (!(error instanceof RequestProblem)) throw error;
          setProblem(error.message);
        } finally {
          setIsBusy(false);
        }
      }}
    >
      <Field
        label={settingLabel(field)}
        hint={settingHint(field)}
        type={kind === 'number' ? 'number' : 'text'}
        value={typed}
        onInput={(next) => {
          setTyped(next);
          setProblem(undefined);
        }}
        isOptional={kind === 'text'}
        {...(minimum !== undefined && { min: minimum })}
        {...(maximum !== undefined && { max: maximum })}
        {...(maxLength !== undefined && { maxLength })}
        {...(problem !== undefined && { problem })}
      />
      {typed === String(value) ? null : (
        <Button kind="main" type="submit" isBusy={isBusy}>
          {text.kit.save}
        </Button>
      )}
    </form>
  );
}
