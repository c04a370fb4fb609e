import { useMemo, useState } from 'preact/hooks';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { listZones, withOffset } from '../zones.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Select } from './select.tsx';

/** What was chosen: a wall clock with its offset (`2024-05-04T14:32:00.000+02:00`) and the zone it came from. */
export interface PickedDate {
  dateTime: string;
  zone: string;
}

export interface DatePickerProps {
  /** Wall clock to begin with, `2024-05-04T14:32`. */
  wallClock: string;
  /** Zone to begin with; the reader's own when it is not known. */
  zone?: string | undefined;
  /** The dialog closes when it went well. */
  onPick: (picked: PickedDate) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a day, a time and the zone whose clocks showed it. */
export function DatePicker({ wallClock, zone: given, onPick, onClose }: DatePickerProps) {
  const words = text.kit.datePicker;
  const { run, isBusy } = useAction();
  const [date, setDate] = useState(wallClock.slice(0, 10));
  const [time, setTime] = useState(wallClock.slice(11, 16));
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = useMemo(() => [...new Set(['UTC', own, ...listZones()])].sort(), [own]);
  const [zone, setZone] = useState(given && zones.includes(given) ? given : own);
  const isComplete = /^\d{4}-\d{2}-\d{2}$/.test(date) && /^\d{2}:\d{2}$/.test(time);
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.kit.cancel}</Button>
          <Button
            kind="main"
            isBusy={isBusy}
            isDisabled={!isComplete}
            onClick={async () => {
              const dateTime = withOffset(`${date}T${time}`, zone);
              if (await run(() => onPick({ dateTime, zone }))) onClose();
            }}
          >
            {text.kit.save}
          </Button>
        </>
      }
    >
      <Field label={words.date} type="date" value={date} onInput={setDate} autofocus />
      <Field label={words.time} type="time" value={time} onInput={setTime} />
      <Select
        label={words.zone}
        hint={words.zoneHint}
        value={zone}
        options={zones.map((value) => ({ value, words: value.replaceAll('_', ' ') }))}
        onChange={setZone}
      />
    </Dialog>
  );
}
