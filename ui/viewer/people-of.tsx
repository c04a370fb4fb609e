import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import type { AssetDetails } from '../calls/assets.ts';
import { Lazy } from '../components/lazy.tsx';
import { PersonFace } from '../components/person-face.tsx';
import { Switch } from '../components/switch.tsx';
import { text } from '../text.ts';
import type { FaceEditorProps } from './face-editor.tsx';
import { Fact } from './fact.tsx';

export interface PeopleOfProps {
  asset: AssetDetails;
  /** Faces can be marked and named. */
  isOwn: boolean;
  areFacesShown: boolean;
  onFaces: (areShown: boolean) => void;
  /** Faces were marked, named or removed. */
  onChange: () => void;
}

/** Who is in the photo. */
export function PeopleOf({ asset, isOwn, areFacesShown, onFaces, onChange }: PeopleOfProps) {
  const { hasScreen } = useApp();
  const [isOpen, setIsOpen] = useState(false);
  const people = asset.people ?? [];
  const mayMark = isOwn && asset.type === 'IMAGE' && asset.thumbhash !== null;
  if (people.length === 0 && !mayMark) return null;
  return (
    <>
      <Fact
        icon="people"
        title={text.viewer.people}
        action={mayMark ? { words: text.viewer.faces.open, run: () => setIsOpen(true) } : undefined}
      >
        {people.length === 0 ? <p class="info-more">{text.viewer.faces.nobody}</p> : null}
        <ul class="info-people">
          {people.map(({ id, name, updatedAt }) => {
            const words = name || text.viewer.unnamed;
            const content = (
              <>
                <PersonFace personId={id} name={name} size={56} {...(updatedAt && { version: updatedAt })} />
                <span>{words}</span>
              </>
            );
            return (
              <li key={id}>
                {hasScreen(`/people/${id}`) ? <a href={`/people/${id}`}>{content}</a> : content}
              </li>
            );
          })}
        </ul>
        {/* Faces are marked on the whole picture: on a part of it their frames would be elsewhere. */}
        {people.length > 0 && !asset.isEdited ? (
          <Switch label={text.viewer.showFaces} isOn={areFacesShown} onChange={onFaces} />
        ) : null}
      </Fact>
      {isOpen ? (
        <Lazy<FaceEditorProps>
          name="face-editor"
          load={async () => (await import('./face-editor.tsx')).FaceEditor}
          props={{ asset, onChange, onClose: () => setIsOpen(false) }}
        />
      ) : null}
    </>
  );
}
