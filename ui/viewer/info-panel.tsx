import './info-panel.css';
import { useContext, useState } from 'preact/hooks';
import { MemberContext, useApp } from '../app-context.ts';
import { type AssetDetails, untagAssets, updateAsset } from '../calls/assets.ts';
import { DatePicker } from '../components/date-picker.tsx';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { PlacePicker } from '../components/place-picker.tsx';
import { dateWords } from '../dates.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { Fact } from './fact.tsx';
import { AlbumsOf, CopiesOf } from './info-lists.tsx';
import { cameraWords, fileWords } from './info-words.ts';
import { PeopleOf } from './people-of.tsx';
import { PlaceOf } from './place-of.tsx';

export interface InfoPanelProps {
  asset: AssetDetails;
  areFacesShown: boolean;
  onFaces: (areShown: boolean) => void;
  /** The asset was changed. */
  onChange: () => void;
  onClose: () => void;
}

/** Everything that is known of a photo, and what its owner can correct. */
export function InfoPanel({ asset, areFacesShown, onFaces, onChange, onClose }: InfoPanelProps) {
  const { api, toasts } = useApp();
  const member = useContext(MemberContext);
  const { run } = useAction();
  const [open, setOpen] = useState<'date' | 'place'>();
  const words = text.viewer;
  const isOwn = member?.user.id === asset.ownerId;
  const exif = asset.exifInfo;
  const change = async (changes: Parameters<typeof updateAsset>[2]) => {
    await updateAsset(api, asset.id, changes);
    onChange();
    toasts.show({ words: words.saved });
  };

  return (
    <aside class="info" aria-label={words.info}>
      <header class="info-head">
        <h2>{words.info}</h2>
        <IconButton icon="close" label={text.kit.close} onClick={onClose} />
      </header>
      <Description
        key={asset.id}
        value={exif?.description ?? ''}
        isOwn={isOwn}
        onSave={(description) => void run(() => change({ description }))}
      />
      <Fact
        icon="calendar"
        title={words.when}
        action={isOwn ? { words: words.changeDate, run: () => setOpen('date') } : undefined}
      >
        <p>{dateWords().moment(new Date(asset.localDateTime))}</p>
        {exif?.timeZone ? <p class="info-more">{exif.timeZone.replaceAll('_', ' ')}</p> : null}
      </Fact>
      <Fact
        icon="places"
        title={words.where}
        action={isOwn ? { words: words.changePlace, run: () => setOpen('place') } : undefined}
      >
        <PlaceOf exif={exif} />
      </Fact>
      <PeopleOf
        asset={asset}
        isOwn={isOwn}
        areFacesShown={areFacesShown}
        onFaces={onFaces}
        onChange={onChange}
      />
      {member ? <AlbumsOf assetId={asset.id} /> : null}
      {asset.tags && asset.tags.length > 0 ? (
        <Fact icon="tag" title={words.tags}>
          <ul class="info-chips">
            {asset.tags.map(({ id, value }) => (
              <li key={id}>
                {value}
                {isOwn ? (
                  <button
                    type="button"
                    aria-label={`${text.kit.remove}: ${value}`}
                    onClick={() => void run(() => untagAssets(api, id, [asset.id]).then(onChange))}
                  >
                    <Icon name="close" size={14} />
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </Fact>
      ) : null}
      {cameraWords(exif).length > 0 ? (
        <Fact icon="camera" title={words.camera}>
          {cameraWords(exif).map((line, index) => (
            <p key={line} class={index > 0 ? 'info-more' : undefined}>
              {line}
            </p>
          ))}
        </Fact>
      ) : null}
      <Fact icon="photos" title={words.file}>
        <p class="info-file">{asset.originalFileName}</p>
        <p class="info-more">{fileWords(asset).join(' · ')}</p>
      </Fact>
      {member ? <CopiesOf assetId={asset.id} /> : null}

      {open === 'date' ? (
        <DatePicker
          wallClock={asset.localDateTime.slice(0, 16)}
          zone={exif?.timeZone ?? undefined}
          onClose={() => setOpen(undefined)}
          onPick={({ dateTime }) => change({ dateTimeOriginal: dateTime })}
        />
      ) : null}
      {open === 'place' ? (
        <PlacePicker
          current={typeof exif?.latitude === 'number' ? `${exif.latitude}, ${exif.longitude}` : ''}
          onClose={() => setOpen(undefined)}
          onPick={(place) => change(place ?? { latitude: null, longitude: null })}
        />
      ) : null}
    </aside>
  );
}

interface DescriptionProps {
  value: string;
  isOwn: boolean;
  onSave: (value: string) => void;
}

/** Saved when the reader goes on to something else. */
function Description({ value, isOwn, onSave }: DescriptionProps) {
  const [typed, setTyped] = useState(value);
  if (!isOwn) return value ? <p class="info-description">{value}</p> : null;
  return (
    <div
      class="info-description"
      onFocusOut={() => {
        if (typed.trim() !== value.trim()) onSave(typed.trim());
      }}
    >
      <Field
        label={text.viewer.description}
        isLabelHidden
        placeholder={text.viewer.descriptionHint}
        lines={2}
        value={typed}
        onInput={setTyped}
        isOptional
      />
    </div>
  );
}
