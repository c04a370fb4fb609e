import { GuestPage } from '../../guest/guest-page.tsx';

/** The page of a link by the name its owner gave it. */
export function ShortLink() {
  return <GuestPage />;
}
