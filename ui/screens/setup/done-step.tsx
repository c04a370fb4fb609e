import type { Setup } from '#contract/appliance-setup';
import { useApp } from '../../app-context.ts';
import { finishStep } from '../../calls/setup.ts';
import { BoxPicture } from '../../components/box-picture.tsx';
import { text } from '../../text.ts';
import { StepForm } from './step-form.tsx';

/** The end: what was set, and the way to the photos. */
export function DoneStep({ setup }: { setup: Setup }) {
  const { api, router } = useApp();
  const words = text.setup.done;
  const [, box, , privacy] = setup.steps;
  const allowed = (['faces', 'placeNames', 'memories'] as const)
    .filter((name) => privacy.answers[name])
    .map((name) => text.setup.privacy[name]);
  return (
    <div class="setup-done">
      <BoxPicture />
      <StepForm
        title={words.title}
        lead={words.lead}
        submitWords={words.finish}
        onSubmit={async () => {
          await finishStep(api, 'done');
          router.go('/');
        }}
      >
        <dl class="setup-facts" aria-label={words.summary}>
          <div>
            <dt>{text.setup.box.name}</dt>
            <dd>{box.answers.name}</dd>
          </div>
          <div>
            <dt>{text.setup.box.zone}</dt>
            <dd>{box.answers.timeZone.replaceAll('_', ' ')}</dd>
          </div>
          <div>
            <dt>{text.setup.steps.privacy}</dt>
            <dd>
              {allowed.length === 0
                ? text.setup.nothingAllowed
                : allowed.map((name) => <p key={name}>{name}</p>)}
            </dd>
          </div>
        </dl>
      </StepForm>
    </div>
  );
}
