import { useState } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { answerPrivacy, skipStep } from '../../calls/setup.ts';
import { Switch } from '../../components/switch.tsx';
import { text } from '../../text.ts';
import type { StepProps } from './setup-steps.ts';
import { StepForm } from './step-form.tsx';

/** What the box may find out about people and places. */
export function PrivacyStep({ setup, onAnswered }: StepProps) {
  const { api } = useApp();
  const { answers, canRecogniseFaces } = setup.steps[3];
  const [faces, setFaces] = useState(answers.faces);
  const [placeNames, setPlaceNames] = useState(answers.placeNames);
  const [memories, setMemories] = useState(answers.memories);
  const words = text.setup.privacy;
  return (
    <StepForm
      title={words.title}
      lead={words.lead}
      onSubmit={async () => onAnswered(await answerPrivacy(api, { faces, placeNames, memories }))}
      onSkip={async () => onAnswered(await skipStep(api, 'privacy'))}
    >
      <div class="setup-switches">
        <Switch
          label={words.faces}
          hint={canRecogniseFaces ? words.facesHint : `${words.facesHint} ${words.facesLater}`}
          isOn={faces}
          onChange={setFaces}
        />
        <Switch
          label={words.placeNames}
          hint={words.placeNamesHint}
          isOn={placeNames}
          onChange={setPlaceNames}
        />
        <Switch label={words.memories} hint={words.memoriesHint} isOn={memories} onChange={setMemories} />
      </div>
    </StepForm>
  );
}
