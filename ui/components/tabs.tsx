import './tabs.css';

export interface TabsProps<Value extends string> {
  /** Says what is chosen between. */
  label: string;
  value: Value;
  tabs: readonly { value: Value; words: string }[];
  onChange: (value: Value) => void;
}

/** A choice between views of one screen. The view itself belongs to the screen. Arrow keys move. */
export function Tabs<Value extends string>({ label, value, tabs, onChange }: TabsProps<Value>) {
  return (
    <div class="tabs" role="radiogroup" aria-label={label}>
      {tabs.map((tab) => (
        <label key={tab.value} class="tab">
          <input
            type="radio"
            name={label}
            checked={tab.value === value}
            onChange={() => onChange(tab.value)}
          />
          <span>{tab.words}</span>
        </label>
      ))}
    </div>
  );
}
