import './connect-phone.css';
import { useState } from 'preact/hooks';
import { useMember } from '../app-context.ts';
import { type BoxAddress, listAddresses } from '../calls/phones.ts';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { Banner, LoadedView } from '../components/states.tsx';
import { Tabs } from '../components/tabs.tsx';
import { copyText } from '../downloads.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';
import { Arrivals } from './arrivals.tsx';

/** The apps' pages in the shops; links only, nothing is loaded from there. */
const SHOPS = {
  appStore: 'https://apps.apple.com/app/immich/id1613945652',
  playStore: 'https://play.google.com/store/apps/details?id=app.alextran.immich',
};

/** How a phone gets to this box, step by step, and a look-out for the one that arrives. */
export function ConnectPhone() {
  const { api } = useMember();
  const addresses = useLoad(() => listAddresses(api), []);
  const words = text.phones;
  return (
    <div class="connect">
      <LoadedView load={addresses}>
        {(list) =>
          list.length === 0 ? (
            <Banner tone="warn">{words.noAddress}</Banner>
          ) : (
            <ol class="connect-steps">
              <li>
                <h3>{words.install}</h3>
                <p class="connect-hint">{words.installHint}</p>
                <p class="connect-shops">
                  <a href={SHOPS.appStore} target="_blank" rel="noreferrer">
                    {words.appStore}
                  </a>
                  <a href={SHOPS.playStore} target="_blank" rel="noreferrer">
                    {words.playStore}
                  </a>
                </p>
              </li>
              <li>
                <h3>{words.typeAddress}</h3>
                <AddressChoice addresses={list} />
              </li>
              <li>
                <h3>{words.signIn}</h3>
              </li>
              <li>
                <h3>{words.backUp}</h3>
              </li>
            </ol>
          )
        }
      </LoadedView>
      <Arrivals />
    </div>
  );
}

function AddressChoice({ addresses }: { addresses: readonly BoxAddress[] }) {
  const { toasts } = useMember();
  const { run } = useAction();
  const words = text.phones;
  const kinds = (['ip', 'name', 'domain'] as const).filter((kind) =>
    addresses.some((address) => address.kind === kind),
  );
  const [kind, setKind] = useState(kinds[0]!);
  const ofKind = addresses.filter((address) => address.kind === kind);
  const url = ofKind[0]?.url ?? addresses[0]!.url;
  const others = ofKind.slice(1);
  const copy = () =>
    run(async () => {
      await copyText(url);
      toasts.show({ words: words.copied });
    });
  return (
    <div class="connect-address">
      {kinds.length > 1 ? (
        <Tabs
          label={words.choose}
          value={kind}
          tabs={kinds.map((value) => ({ value, words: words.addressKinds[value] }))}
          onChange={setKind}
        />
      ) : null}
      <QrCode value={url} label={words.qr(url)} />
      <div class="connect-url">
        <output aria-label={words.address}>{url}</output>
        <IconButton icon="link" label={words.copy} onClick={copy} />
      </div>
      <p class="connect-hint">
        <Icon name="info" size={18} />
        <span>
          {words.addressHints[kind]} {words.typeAddressHint}
        </span>
      </p>
      {others.length > 0 ? (
        <p class="connect-hint">
          {words.otherAddresses} {others.map((other) => other.url).join(', ')}
        </p>
      ) : null}
    </div>
  );
}
