import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { readLog } from '../../calls/box.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { saveBlob } from '../../downloads.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { BoxCard } from './box-card.tsx';

const HOURS = { day: 24, days: 72, week: 168 } as const;
type Range = keyof typeof HOURS;

/** The log, for somebody who can help. */
export function BoxLog() {
  const { api } = useMember();
  const { run, isBusy } = useAction();
  const [range, setRange] = useState<Range>('day');
  const words = text.box.log;
  return (
    <BoxCard icon="info" title={words.title} lead={words.lead} isWide>
      <div class="box-log">
        <Select
          label={words.range}
          value={range}
          options={(Object.keys(HOURS) as Range[]).map((value) => ({ value, words: words.ranges[value] }))}
          onChange={setRange}
        />
        <Button
          icon="download"
          isBusy={isBusy}
          onClick={() =>
            run(async () => {
              const day = new Date().toISOString().slice(0, 10);
              saveBlob(await readLog(api, HOURS[range]), `shoebox-log-${day}.jsonl`);
            })
          }
        >
          {words.download}
        </Button>
      </div>
    </BoxCard>
  );
}
