import { Icon } from '../../components/icon.tsx';
import { Banner } from '../../components/states.tsx';
import { readableBytes } from '../../numbers.ts';
import { text } from '../../text.ts';
import type { StepProps } from './setup-steps.ts';
import { StepForm } from './step-form.tsx';

/** What is known of the drives; choosing them is told to come later while this release cannot. */
export function DrivesStep({ setup, onAnswered }: StepProps) {
  const { pool, state } = setup.steps[2];
  const words = text.setup.drives;
  const facts = [
    [words.room, words.roomOf(readableBytes(pool.availableBytes), readableBytes(pool.totalBytes))],
    [words.copies, words.copiesWords(pool.copies)],
    [words.damage, pool.hasChecksums ? words.damageNoticed : words.damageChecked],
    [words.fileSystem, pool.fileSystem],
  ] as const;
  return (
    <StepForm title={words.title} lead={words.lead} onSubmit={async () => onAnswered(setup)}>
      {pool.isReadOnly ? <Banner tone="bad">{words.readOnly}</Banner> : null}
      <dl class="setup-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {pool.copies < 2 ? <p>{words.secondCopy}</p> : null}
      {state === 'unavailable' ? (
        <p class="setup-note">
          <Icon name="info" size={20} />
          <span>{words.later}</span>
        </p>
      ) : null}
    </StepForm>
  );
}
