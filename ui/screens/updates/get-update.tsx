import { useRef, useState } from 'preact/hooks';
import type { Updates } from '#contract/appliance-updates';
import { agoWords } from '../../ago.ts';
import { RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { checkForUpdate, fetchUpdate, sendUpdate, setUpdateAddress } from '../../calls/updates.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Section } from '../../components/rows.tsx';
import { readableBytes } from '../../numbers.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { faultWords } from './fault-words.ts';
import type { UpdatesHere } from './updates.tsx';

interface GetUpdateProps {
  updates: UpdatesHere;
  isSending: boolean;
  onSending: (isSending: boolean) => void;
  onChange: (updates: Updates) => void;
  /** Asks the box again. */
  onReload: () => void;
}

/** The ways to a newer version. None while one is on its way. */
export function GetUpdate(props: GetUpdateProps) {
  const { updates } = props;
  const isFree = ['idle', 'failed', 'receiving'].includes(updates.step.kind) && !props.isSending;
  return (
    <>
      {isFree ? <Offer {...props} /> : null}
      {isFree ? <FromFile {...props} /> : null}
      <FromAddress {...props} />
      {updates.minimumVersion === null ? null : (
        <p class="section-lead">{text.updates.minimum(updates.minimumVersion)}</p>
      )}
    </>
  );
}

function FromFile({ updates, onSending, onChange, onReload }: GetUpdateProps) {
  const { api } = useMember();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const words = text.updates.file;
  const send = async (file: File) => {
    setProblem(undefined);
    onSending(true);
    try {
      await sendUpdate(api, file, updates, onChange);
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      setProblem(error.message);
      // How much has arrived is known there.
      onReload();
    } finally {
      onSending(false);
    }
  };
  return (
    <Section title={words.title} lead={words.lead}>
      <div class="section-actions">
        <Button icon="upload" onClick={() => input.current?.click()}>
          {words.choose}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".raucb"
          aria-label={words.choose}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) void send(file);
            // So that choosing the same file again is a change.
            event.currentTarget.value = '';
          }}
        />
      </div>
      <ProblemNote words={problem} />
    </Section>
  );
}

/** What the last look at the address found. */
function Offer({ updates, onChange }: GetUpdateProps) {
  const { api } = useMember();
  const { run, isBusy } = useAction();
  const { offered } = updates.source;
  const words = text.updates.find;
  if (!offered) return null;
  return (
    <Section title={words.offeredTitle(offered.version)} lead={words.offered(readableBytes(offered.bytes))}>
      <div class="section-actions">
        <Button
          kind="main"
          icon="download"
          isBusy={isBusy}
          onClick={() => run(async () => onChange(await fetchUpdate(api)))}
        >
          {words.install}
        </Button>
      </div>
    </Section>
  );
}

function FromAddress({ updates, onChange }: GetUpdateProps) {
  const { api, toasts } = useMember();
  const { run, isBusy } = useAction();
  const { source } = updates;
  const [address, setAddress] = useState(source.address ?? '');
  const words = text.updates;
  const isChanged = address.trim() !== (source.address ?? '');
  const now = Date.now();
  const save = () =>
    run(async () => {
      onChange(await setUpdateAddress(api, address.trim() || null));
      toasts.show({ words: words.address.saved });
    });
  return (
    <Section title={words.address.title} lead={words.address.lead}>
      <form
        class="section-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={words.address.label}
          type="url"
          value={address}
          onInput={setAddress}
          hint={words.address.hint}
          {...(source.fault && !isChanged && { problem: faultWords(source.fault) })}
          isOptional
        />
        <div class="section-actions">
          {isChanged ? (
            <Button type="submit" kind="main" isBusy={isBusy}>
              {words.address.save}
            </Button>
          ) : null}
          {source.address !== null && !isChanged ? (
            <Button
              icon="restore"
              isBusy={isBusy}
              onClick={() => run(async () => onChange(await checkForUpdate(api)))}
            >
              {words.find.check}
            </Button>
          ) : null}
        </div>
      </form>
      {source.address === null || isChanged ? null : (
        <p class="section-lead" role="status">
          {source.offered || source.fault || source.checkedAt === null ? '' : words.find.nothingNewer}{' '}
          {source.checkedAt === null ? words.find.never : words.find.checked(agoWords(source.checkedAt, now))}
        </p>
      )}
    </Section>
  );
}
