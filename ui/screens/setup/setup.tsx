import './setup.css';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Setup as SetupState, SetupStep } from '#contract/appliance-setup';
import { MemberContext, useApp } from '../../app-context.ts';
import { nameWindow } from '../../app-name.ts';
import { readSetup } from '../../calls/setup.ts';
import { Brand } from '../../components/brand.tsx';
import { Icon } from '../../components/icon.tsx';
import { Select } from '../../components/select.tsx';
import { LoadedView } from '../../components/states.tsx';
import { LANGUAGES, type Language, language, text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';
import { BoxStep } from './box-step.tsx';
import { DoneStep } from './done-step.tsx';
import { DrivesStep } from './drives-step.tsx';
import { PhoneStep } from './phone-step.tsx';
import { PrivacyStep } from './privacy-step.tsx';
import { canOpen, type StepProps, stepAfter } from './setup-steps.ts';
import { WelcomeStep } from './welcome-step.tsx';

/** Setting the box up. Where it stands is kept by the box, so that any browser goes on where the last one stopped. */
export function Setup() {
  const { api } = useApp();
  const load = useLoad(() => readSetup(api), []);
  useEffect(() => {
    nameWindow(text.setup.title);
  }, []);
  return (
    <div class="setup">
      <header class="setup-top">
        <Brand />
        <LanguageChoice />
      </header>
      {load.state.kind === 'ready' ? null : <h1 class="unseen">{text.setup.title}</h1>}
      <LoadedView load={load}>{(setup) => <Steps setup={setup} onChange={load.change} />}</LoadedView>
    </div>
  );
}

function Steps({ setup, onChange }: { setup: SetupState; onChange: (setup: SetupState) => void }) {
  const isMember = useContext(MemberContext) !== undefined;
  // Chosen by the reader; without a choice it is where the box says to go on.
  const [chosen, setChosen] = useState<SetupStep>();
  const step = chosen ?? setup.next ?? 'done';
  const card = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) {
      card.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    isFirst.current = false;
  }, [step]);

  if (!isMember && setup.steps[0].state === 'open')
    return (
      <section ref={card} class="setup-card">
        <WelcomeStep />
      </section>
    );
  const props: StepProps = {
    setup,
    onAnswered: (next) => {
      onChange(next);
      setChosen(stepAfter(step, next));
    },
  };
  return (
    <>
      <StepList setup={setup} current={step} onChoose={setChosen} />
      <section ref={card} key={step} class="setup-card">
        {step === 'box' ? (
          <BoxStep {...props} />
        ) : step === 'drives' ? (
          <DrivesStep {...props} />
        ) : step === 'privacy' ? (
          <PrivacyStep {...props} />
        ) : step === 'phone' ? (
          <PhoneStep {...props} />
        ) : (
          <DoneStep setup={setup} />
        )}
      </section>
    </>
  );
}

/** Which steps there are, which are done, and the way back to them. */
function StepList({
  setup,
  current,
  onChoose,
}: {
  setup: SetupState;
  current: SetupStep;
  onChoose: (step: SetupStep) => void;
}) {
  const words = text.setup;
  const at = setup.steps.findIndex(({ id }) => id === current);
  return (
    <nav class="setup-steps" aria-label={words.stepOf(at + 1, setup.steps.length)}>
      <ol>
        {setup.steps.map(({ id, state }, index) => {
          const isDone = state === 'done';
          const content = (
            <>
              <span class="setup-dot">{isDone ? <Icon name="check" size={16} /> : index + 1}</span>
              <span class="setup-step-name">{words.steps[id]}</span>
            </>
          );
          const className = `setup-step${isDone ? ' setup-step-done' : ''}`;
          return (
            <li key={id}>
              {canOpen(id, setup) ? (
                <button
                  type="button"
                  class={className}
                  aria-current={id === current ? 'step' : undefined}
                  onClick={() => onChoose(id)}
                >
                  {content}
                </button>
              ) : (
                <span class={className} aria-current={id === current ? 'step' : undefined}>
                  {content}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function LanguageChoice() {
  const { preferences } = useApp();
  const { run } = useAction();
  return (
    <div class="setup-language">
      <Select<Language>
        label={text.shell.language}
        isLabelHidden
        value={language}
        options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, words: LANGUAGES[value] }))}
        onChange={(value) => void run(() => preferences.setLanguage(value))}
      />
    </div>
  );
}
