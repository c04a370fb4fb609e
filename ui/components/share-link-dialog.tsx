import type { LinkDialogProps } from '../links/link-dialog.tsx';
import { Lazy } from './lazy.tsx';

/** Makes or changes a link; see `LinkDialog`, which comes when it is wanted. */
export function ShareLinkDialog(props: LinkDialogProps) {
  return (
    <Lazy<LinkDialogProps>
      name="link-dialog"
      load={async () => (await import('../links/link-dialog.tsx')).LinkDialog}
      props={props}
    />
  );
}
