import { GuestPage } from '../../guest/guest-page.tsx';

/** The page of a link by its key. */
export function Share() {
  return <GuestPage />;
}
