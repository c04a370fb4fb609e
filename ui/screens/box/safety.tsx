import type { BoxFigures } from '#contract/appliance-status';
import { agoWords } from '../../ago.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { readableBytes } from '../../numbers.ts';
import { text } from '../../text.ts';
import { BoxCard } from './box-card.tsx';

/** Whether the photos are still what was uploaded, and what would survive a drive. */
export function Safety({ figures: { pool, originals, snapshot } }: { figures: BoxFigures }) {
  const words = text.box.safety;
  const now = Date.now();
  return (
    <BoxCard icon="lock" title={words.title}>
      {originals === null ? (
        <p class="box-soft" role="status">
          {text.box.space.counting}
        </p>
      ) : originals.count === 0 ? (
        <p>{words.noneYet}</p>
      ) : (
        <div class="checked">
          <p>
            {originals.checked >= originals.count
              ? words.allChecked(originals.count)
              : words.checked(originals.checked, originals.count)}
          </p>
          <ProgressBar label={words.checkedLabel} fraction={originals.checked / originals.count} />
          <p class="box-soft">
            {words.recently(originals.checkedIn30Days)}
            {originals.oldestCheckAt ? <br /> : null}
            {originals.oldestCheckAt ? words.oldest(agoWords(originals.oldestCheckAt, now)) : null}
          </p>
        </div>
      )}
      <ul class="box-facts">
        {pool.isReadOnly ? (
          <Fact icon="warning" isBad>
            {words.readOnly}
          </Fact>
        ) : null}
        <Fact icon={pool.copies > 1 ? 'check' : 'info'}>
          {pool.copies > 1 ? words.copies(pool.copies) : words.copiesOne}
        </Fact>
        {pool.hasChecksums ? <Fact icon="check">{pool.copies > 1 ? words.heals : words.notices}</Fact> : null}
        <Fact icon={snapshot ? 'check' : 'info'}>
          {snapshot
            ? words.snapshot(agoWords(snapshot.takenAt, now), readableBytes(snapshot.bytes))
            : words.noSnapshot}
        </Fact>
      </ul>
    </BoxCard>
  );
}

function Fact({ icon, isBad = false, children }: { icon: IconName; isBad?: boolean; children: string }) {
  return (
    <li class={isBad ? 'box-fact-bad' : icon === 'check' ? 'box-fact-good' : undefined}>
      <Icon name={icon} size={20} />
      <span>{children}</span>
    </li>
  );
}
