import { useEffect, useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { takeSharedFiles } from '../../shared-files.ts';
import { text } from '../../text.ts';

/** Where the phone's own “share” leads: hands what the worker kept to the upload queue. */
export function ShareTarget() {
  const { uploads } = useMember();
  const [count, setCount] = useState<number>();
  useEffect(() => {
    const take = async () => {
      const files = await takeSharedFiles();
      uploads.add(files);
      setCount(files.length);
    };
    void take();
  }, [uploads]);
  return (
    <Page title={text.upload.sharedTitle}>
      {count === undefined ? (
        <Skeleton />
      ) : (
        <EmptyState icon="upload" title={count === 0 ? text.upload.sharedNothing : text.photos.count(count)}>
          <Button href="/">{text.shell.toPhotos}</Button>
        </EmptyState>
      )}
    </Page>
  );
}
