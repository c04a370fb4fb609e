import { useEffect, useState } from 'preact/hooks';
import type { Phone } from '#contract/appliance-phones';
import { useMember } from '../app-context.ts';
import { listPhones } from '../calls/phones.ts';
import { Icon } from '../components/icon.tsx';
import { text } from '../text.ts';
import { useLoad } from '../use-load.ts';
import { phoneName, withPhone } from './phone-list.ts';

/** A look-out for phones: waits for the first one, then counts its photos as they come. */
export function Arrivals() {
  const { phones } = useLivePhones();
  const [since] = useState(() => Date.now());
  const words = text.phones;
  const shown = phones ?? [];
  return (
    <div class="arrivals" role="status">
      {shown.length === 0 ? (
        <div class="arrival arrival-waiting">
          <span class="arrival-icon">
            <Icon name="phone" size={26} />
          </span>
          <div>
            <p class="arrival-title">{words.waiting}</p>
            <p class="arrival-words">{words.waitingHint}</p>
          </div>
        </div>
      ) : (
        shown.map((phone) => (
          <div key={phone.sessionId} class="arrival arrival-here">
            <span class="arrival-icon">
              <Icon name="check" size={26} />
            </span>
            <div>
              <p class="arrival-title">
                {Date.parse(phone.signedInAt) >= since ? words.arrived : words.hasArrived(phoneName(phone))}
              </p>
              <p class="arrival-words">
                {Date.parse(phone.signedInAt) >= since ? `${phoneName(phone)}: ` : ''}
                {phone.sentInAll === 0 ? words.noneYet : words.photosSoFar(phone.sentInAll)}
              </p>
            </div>
          </div>
        ))
      )}
    </div>
  );
}

/** The phones that are signed in, as they arrive and send. `phones` is undefined until they are known. */
export function useLivePhones(): {
  phones: readonly Phone[] | undefined;
  load: ReturnType<typeof useLoad<Phone[]>>;
} {
  const { api, live } = useMember();
  const load = useLoad(() => listPhones(api), []);
  const [news, setNews] = useState<readonly Phone[]>([]);
  useEffect(() => live.on('on_phone', (phone) => setNews((list) => withPhone(list, phone as Phone))), [live]);
  useEffect(
    () =>
      live.onConnect(() => {
        // What came in between was not heard.
        setNews([]);
        load.reload();
      }),
    [live],
  );
  const phones =
    load.state.kind === 'ready' ? news.reduceRight<readonly Phone[]>(withPhone, load.state.value) : undefined;
  return { phones, load };
}
