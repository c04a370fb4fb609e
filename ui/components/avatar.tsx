import './avatar.css';

export interface AvatarProps {
  name: string;
  /** Address of a picture; without one the first letter of the name stands for it. */
  src?: string;
  /** Side in px. Default 40. */
  size?: number;
}

/** A person, as a round picture. Decoration: the name is written beside it or on its control. */
export function Avatar({ name, src, size = 40 }: AvatarProps) {
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.42)}px` };
  return src ? (
    <img class="avatar" src={src} alt="" style={style} />
  ) : (
    <span class={`avatar avatar-${toneOf(name)}`} style={style} aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  );
}

/** The same colour for the same name, one of four. */
function toneOf(name: string): number {
  let sum = 0;
  for (const character of name) sum += character.codePointAt(0)!;
  return sum % 4;
}
