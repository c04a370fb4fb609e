import { useState } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { nameWindow, renameApp } from '../../app-name.ts';
import { answerBox, skipStep } from '../../calls/setup.ts';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { text } from '../../text.ts';
import { networkName, offeredZone, type StepProps } from './setup-steps.ts';
import { StepForm } from './step-form.tsx';

/** What the box is called and where it stands. */
export function BoxStep({ setup, onAnswered }: StepProps) {
  const { api } = useApp();
  const step = setup.steps[1];
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const offered = offeredZone(step, own);
  const [typed, setTyped] = useState(step.answers.name);
  const [timeZone, setTimeZone] = useState(offered);
  const [isNameMissing, setIsNameMissing] = useState(false);
  const words = text.setup.box;
  const name = networkName(typed);
  return (
    <StepForm
      title={words.title}
      lead={words.lead}
      onSubmit={async () => {
        if (name === '') setIsNameMissing(true);
        else {
          const answered = await answerBox(api, { name, timeZone });
          renameApp(name);
          nameWindow(text.setup.title);
          onAnswered(answered);
        }
      }}
      onSkip={async () => onAnswered(await skipStep(api, 'box'))}
    >
      <Field
        label={words.name}
        value={typed}
        maxLength={80}
        onInput={(value) => {
          setTyped(value);
          setIsNameMissing(false);
        }}
        {...(isNameMissing && { problem: words.nameMissing })}
        {...(name !== '' && name !== typed && { hint: words.nameHint(name) })}
      />
      <Select
        label={words.zone}
        value={timeZone}
        options={step.timeZones.map((zone) => ({ value: zone, words: zone.replaceAll('_', ' ') }))}
        onChange={setTimeZone}
        {...(step.state === 'open' && timeZone === own && { hint: words.zoneHint })}
      />
    </StepForm>
  );
}
