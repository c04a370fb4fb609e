import './upload.css';
import { useMember } from '../../app-context.ts';
import { BoxPicture } from '../../components/box-picture.tsx';
import { FilePicker } from '../../components/file-picker.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { text } from '../../text.ts';
import { isTouchOnly } from '../../touch.ts';

/** Adding photos, for those who look for a place to do it. Progress and the receipt are in the panel of the page. */
export function Upload() {
  const { uploads } = useMember();
  const words = text.upload;
  const isTouched = isTouchOnly();
  return (
    <Page title={words.screenTitle}>
      <div class="upload-place">
        <BoxPicture />
        <p class="upload-title">{isTouched ? words.touchTitle : words.chooseTitle}</p>
        <p>{isTouched ? words.touchLead : words.chooseLead}</p>
        <div class="upload-ways">
          <FilePicker class="button button-main" onFiles={uploads.add}>
            <Icon name="photos" />
            {words.choosePhotos}
          </FilePicker>
          <FilePicker class="button" isFolder onFiles={uploads.add}>
            <Icon name="folder" />
            {words.chooseFolder}
          </FilePicker>
        </div>
      </div>
    </Page>
  );
}
