import './problem-note.css';

/** Why something did not work, in words, read out at once. Draws nothing without words. */
export function ProblemNote({ words }: { words?: string | undefined }) {
  return (
    <div role="alert" class="problem-place">
      {words ? <p class="problem-note">{words}</p> : null}
    </div>
  );
}
