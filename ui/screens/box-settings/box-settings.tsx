import type { SettingField, SettingGroups } from '#contract/appliance-settings';
import { useMember } from '../../app-context.ts';
import { changeSetting, listSettings } from '../../calls/settings.ts';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/rows.tsx';
import { LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { SettingControl } from './setting-control.tsx';

/** The settings of the box, drawn from what the box says of them. */
export function BoxSettings() {
  const { api, toasts } = useMember();
  const load = useLoad(() => listSettings(api), []);
  const words = text.settings.box;
  const save = async (groups: SettingGroups, field: SettingField, value: SettingField['value']) => {
    const changed = await changeSetting(api, field.key, value);
    toasts.show({ words: text.settings.saved });
    load.change(
      groups.map((group) => ({
        ...group,
        fields: group.fields.map((other) => (other.key === changed.key ? changed : other)),
      })),
    );
  };
  return (
    <Page title={words.title}>
      <LoadedView load={load}>
        {(groups) =>
          groups.map((group) => (
            <Section key={group.id} title={words.groups[group.id] ?? group.id}>
              {group.fields.map((field) => (
                <SettingControl
                  // What the box keeps may differ from what was typed.
                  key={`${field.key} ${String(field.value)}`}
                  field={field}
                  onSave={(value) => save(groups, field, value)}
                />
              ))}
            </Section>
          ))
        }
      </LoadedView>
    </Page>
  );
}
