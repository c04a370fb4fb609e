import './person-face.css';
import { useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface PersonFaceProps {
  personId: string;
  /** Its first letter stands for a picture that does not exist yet; '' draws nobody in particular. */
  name: string;
  /** Changes when the picture may have; the person's `updatedAt`. */
  version?: string;
  /** Side in px; absent fills its place. */
  size?: number;
}

/** The face of a person on a photo, round. Decoration: the name is beside it or on its control. */
export function PersonFace({ personId, name, version, size }: PersonFaceProps) {
  const src = `/api/people/${personId}/thumbnail${version ? `?c=${encodeURIComponent(version)}` : ''}`;
  const [missing, setMissing] = useState<string>();
  const style = size === undefined ? undefined : { width: `${size}px`, height: `${size}px` };
  return missing === src ? (
    <span class="person-face" style={style} aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? <Icon name="person" />}
    </span>
  ) : (
    <img
      class="person-face"
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      style={style}
      onError={() => setMissing(src)}
    />
  );
}
