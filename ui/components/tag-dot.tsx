import './tag-dot.css';

/** The colour of a tag; a ring when it has none. Decoration: the name stands beside it. */
export function TagDot({ color }: { color: string | undefined }) {
  return <span class="tag-dot" style={color ? { background: color, borderColor: color } : {}} />;
}
