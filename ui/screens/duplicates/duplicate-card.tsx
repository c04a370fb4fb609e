import { Fragment } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { AssetResponse } from '#contract/assets';
import type { DuplicateGroup } from '#contract/duplicates';
import { pictureUrl, RequestProblem } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { dissolveStack, restoreAssets, stackAssets, updateAssets } from '../../calls/assets.ts';
import { dismissDuplicates, resolveDuplicates } from '../../calls/duplicates.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { dateWords } from '../../dates.ts';
import { readableBytes } from '../../numbers.ts';
import { photoPath } from '../../router.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { bestOf, type Strength } from './best-of.ts';

export interface DuplicateCardProps {
  group: DuplicateGroup;
  onOpen: (assetId: string) => void;
  /** The group is no longer one, or is one again. */
  onChanged: () => void;
}

/** One group: what tells its photos apart, and what is to become of them. */
export function DuplicateCard({ group, onOpen, onChanged }: DuplicateCardProps) {
  const { api, toasts } = useMember();
  const { run, isBusy } = useAction();
  const { duplicateId, assets } = group;
  const [kept, setKept] = useState<ReadonlySet<string>>(() => new Set(group.suggestedKeepAssetIds));
  const words = text.duplicates;
  const id = useId();
  const ids = assets.map((asset) => asset.id);
  const keepIds = ids.filter((one) => kept.has(one));
  const trashIds = ids.filter((one) => !kept.has(one));
  const best = bestOf(assets);

  /** Does it now, and offers to have the group back. */
  const decide = (done: string, doIt: () => Promise<() => Promise<unknown>>) =>
    run(async () => {
      const undo = await doIt();
      onChanged();
      const takeBack = async () => {
        await undo();
        await updateAssets(api, ids, { duplicateId });
        onChanged();
      };
      toasts.show({ words: done, action: { words: text.kit.undo, run: () => void run(takeBack) } });
    });
  const keepChosen = () =>
    decide(words.resolved(trashIds.length), async () => {
      const [result] = await resolveDuplicates(api, {
        duplicateId,
        keepAssetIds: keepIds,
        trashAssetIds: trashIds,
      });
      if (!result?.success) {
        onChanged();
        throw new RequestProblem(409, words.changed);
      }
      return () => restoreAssets(api, trashIds);
    });
  const keepAll = () =>
    decide(words.keptAll, async () => {
      await dismissDuplicates(api, duplicateId);
      return async () => {};
    });
  const stack = () =>
    decide(text.actions.stacked, async () => {
      const made = await stackAssets(api, [...keepIds, ...trashIds]);
      await dismissDuplicates(api, duplicateId);
      return () => dissolveStack(api, made.id);
    });

  return (
    <section class="duplicate-card" aria-labelledby={id}>
      <h2 id={id} class="unseen">
        {words.group(assets.length)}
      </h2>
      <ul class="duplicate-photos">
        {assets.map((asset) => (
          <Candidate
            key={asset.id}
            asset={asset}
            strengths={best.get(asset.id) ?? []}
            isKept={kept.has(asset.id)}
            onOpen={() => onOpen(asset.id)}
            onKeep={(isKept) => {
              const next = new Set(kept);
              if (isKept) next.add(asset.id);
              else next.delete(asset.id);
              setKept(next);
            }}
          />
        ))}
      </ul>
      <div class="duplicate-ways">
        <Button
          kind="main"
          isBusy={isBusy}
          isDisabled={keepIds.length === 0 || trashIds.length === 0}
          onClick={() => void keepChosen()}
        >
          {keepIds.length === 0 ? words.keepSome : words.keepChosen(keepIds.length, trashIds.length)}
        </Button>
        <Button isBusy={isBusy} onClick={() => void keepAll()}>
          {words.keepAll}
        </Button>
        <Button icon="stack" isBusy={isBusy} onClick={() => void stack()}>
          {words.stack}
        </Button>
      </div>
    </section>
  );
}

interface CandidateProps {
  asset: AssetResponse;
  strengths: readonly Strength[];
  isKept: boolean;
  onOpen: () => void;
  onKeep: (isKept: boolean) => void;
}

function Candidate({ asset, strengths, isKept, onOpen, onKeep }: CandidateProps) {
  const { id, originalFileName, originalPath, width, height, exifInfo, thumbhash } = asset;
  const words = text.duplicates;
  const has = (strength: Strength) => (strengths.includes(strength) ? 'duplicate-best' : undefined);
  const folder = originalPath.slice(0, originalPath.lastIndexOf('/'));
  return (
    <li class={isKept ? 'candidate candidate-kept' : 'candidate'}>
      <a
        class="candidate-picture"
        href={photoPath('/duplicates', id)}
        aria-label={words.open(originalFileName)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          onOpen();
        }}
      >
        {thumbhash ? (
          <img src={pictureUrl(id, 'preview', thumbhash)} alt="" loading="lazy" decoding="async" />
        ) : (
          <Icon name="photos" size={34} />
        )}
      </a>
      <label class="candidate-keep">
        <input
          type="checkbox"
          checked={isKept}
          aria-label={words.keepThis(originalFileName)}
          onChange={(event) => onKeep(event.currentTarget.checked)}
        />
        <span class="candidate-check">
          <Icon name={isKept ? 'check' : 'trash'} size={16} />
        </span>
        <span>{isKept ? words.kept : words.goes}</span>
      </label>
      <dl class="candidate-facts">
        <div>
          <dt class="unseen">{words.name}</dt>
          <dd class="candidate-name">
            {/* Broken between its parts where it is too long. */}
            {originalFileName.split(/(?=[._ -])/).map((part, index) => (
              <Fragment key={index}>
                <wbr />
                {part}
              </Fragment>
            ))}
          </dd>
        </div>
        <div>
          <dt class="unseen">{words.taken}</dt>
          <dd class={has('oldest')}>{dateWords().moment(new Date(asset.localDateTime))}</dd>
        </div>
        <div>
          <dt class="unseen">{words.size}</dt>
          <dd>
            {exifInfo?.fileSizeInByte ? (
              <span class={has('bytes')}>{readableBytes(exifInfo.fileSizeInByte)}</span>
            ) : null}
            {exifInfo?.fileSizeInByte && width && height ? ' · ' : null}
            {width && height ? (
              <span class={has('pixels')}>
                {width} × {height}
              </span>
            ) : null}
          </dd>
        </div>
        <div>
          <dt class="unseen">{words.folder}</dt>
          <dd class="candidate-folder">{folder}</dd>
        </div>
      </dl>
    </li>
  );
}
