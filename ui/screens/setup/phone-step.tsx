import { useApp } from '../../app-context.ts';
import { finishStep, skipStep } from '../../calls/setup.ts';
import { ConnectPhone } from '../../phones/connect-phone.tsx';
import { text } from '../../text.ts';
import type { StepProps } from './setup-steps.ts';
import { StepForm } from './step-form.tsx';

/** How the first phone finds the box. */
export function PhoneStep({ onAnswered }: StepProps) {
  const { api } = useApp();
  const words = text.setup.phone;
  return (
    <StepForm
      title={words.title}
      lead={words.lead}
      onSubmit={async () => onAnswered(await finishStep(api, 'phone'))}
      onSkip={async () => onAnswered(await skipStep(api, 'phone'))}
    >
      <ConnectPhone />
    </StepForm>
  );
}
