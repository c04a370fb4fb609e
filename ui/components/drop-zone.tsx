import './drop-zone.css';
import { useEffect, useState } from 'preact/hooks';
import { readDroppedFiles } from '../dropped-files.ts';
import { text } from '../text.ts';
import { BoxPicture } from './box-picture.tsx';

/** Takes files and folders dropped anywhere on the page, and says so while they hover. */
export function DropZone({ onFiles }: { onFiles: (files: Promise<File[]>) => void }) {
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving an element for one inside the page has a related target; leaving the page has none.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      setIsOver(false);
      onFiles(readDroppedFiles(event.dataTransfer.items));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [onFiles]);

  return isOver ? (
    <div class="drop-zone">
      <div class="drop-frame">
        <BoxPicture />
        <p class="drop-title">{text.photos.drop}</p>
        <p>{text.photos.dropLead}</p>
      </div>
    </div>
  ) : null;
}
