import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { createKey, type NewApiKey } from '../../calls/api-keys.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { SectionForm } from '../../components/section-form.tsx';
import { Select } from '../../components/select.tsx';
import { text } from '../../text.ts';
import { PRESETS, type Preset, SINGLE_SCOPES, scopesOf } from './key-scopes.ts';

/** Makes a key: what it is for, and what it may. */
export function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (key: NewApiKey) => void }) {
  const { api } = useMember();
  const [name, setName] = useState('');
  const [preset, setPreset] = useState<Preset>('upload');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isMissing, setIsMissing] = useState(false);
  const words = text.settings.keys;
  return (
    <Dialog title={words.add} onClose={onClose}>
      <SectionForm
        submitWords={words.make}
        onSubmit={async () => {
          const scopes = scopesOf(preset, chosen);
          setIsMissing(scopes.length === 0);
          if (scopes.length > 0) onMade(await createKey(api, name.trim(), scopes));
        }}
      >
        <Field
          label={words.name}
          placeholder={words.namePlaceholder}
          value={name}
          onInput={setName}
          maxLength={200}
          autofocus
        />
        <Select
          label={words.may}
          value={preset}
          options={PRESETS.map((value) => ({ value, words: words.presets[value] }))}
          onChange={setPreset}
        />
        {preset === 'chosen' ? (
          <ScopeChoice chosen={chosen} onChange={setChosen} problem={isMissing ? words.none : undefined} />
        ) : null}
      </SectionForm>
    </Dialog>
  );
}

/** All permissions by their names, which are those in the manuals of programs. */
function ScopeChoice({
  chosen,
  onChange,
  problem,
}: {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  problem: string | undefined;
}) {
  const [wanted, setWanted] = useState('');
  const words = text.settings.keys;
  const shown = SINGLE_SCOPES.filter((scope) => scope.toLowerCase().includes(wanted.trim().toLowerCase()));
  const toggle = (scope: string) => {
    const next = new Set(chosen);
    if (!next.delete(scope)) next.add(scope);
    onChange(next);
  };
  return (
    <fieldset class="scopes">
      <legend>
        {words.chosen}
        {chosen.size > 0 ? `: ${words.permissions(chosen.size)}` : ''}
      </legend>
      <Field
        label={words.find}
        isLabelHidden
        placeholder={words.find}
        type="search"
        value={wanted}
        onInput={setWanted}
        isOptional
      />
      {problem ? (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      ) : null}
      <ul class="scope-list">
        {shown.map((scope) => (
          <li key={scope}>
            <label>
              <input type="checkbox" checked={chosen.has(scope)} onChange={() => toggle(scope)} />
              <span>{scope}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
