import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

export interface FilePickerProps {
  class: string;
  onFiles: (files: File[]) => void;
  /** Chooses a whole folder, with those inside it. */
  isFolder?: boolean;
  children: ComponentChildren;
}

/** Every browser knows it by this name, and the types of Preact not yet. */
const FOLDER = { webkitdirectory: true } as object;

/** A button that opens the system's choice of files. */
export function FilePicker({ class: className, onFiles, isFolder = false, children }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        {...(isFolder && FOLDER)}
        // Phones offer their gallery for these two; the server accepts more and says what it does not take.
        accept="image/*,video/*,.heic,.heif,.avif,.jxl,.dng,.cr2,.cr3,.nef,.arw,.raf,.orf,.rw2,.insp,.insv"
        onChange={(event) => {
          const { files } = event.currentTarget;
          onFiles([...(files ?? [])]);
          // So that choosing the same files again is a change.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
