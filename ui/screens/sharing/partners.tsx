import { useState } from 'preact/hooks';
import type { PartnerResponse } from '#contract/partners';
import { useMember } from '../../app-context.ts';
import {
  listPartners,
  listSharedWith,
  listUsers,
  shareTimeline,
  showInTimeline,
  stopSharingTimeline,
} from '../../calls/partners.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';

/** Who shares a whole timeline with whom. */
export function Partners() {
  const { api } = useMember();
  const partners = useLoad(async () => {
    const [fromOthers, toOthers] = await Promise.all([listPartners(api), listSharedWith(api)]);
    return { fromOthers, toOthers };
  }, [api]);
  return (
    <LoadedView load={partners}>
      {({ fromOthers, toOthers }) => (
        <div class="partners">
          <FromOthers
            partners={fromOthers}
            onShow={(id, inTimeline) =>
              partners.change({
                toOthers,
                fromOthers: fromOthers.map((one) => (one.id === id ? { ...one, inTimeline } : one)),
              })
            }
          />
          <ToOthers partners={toOthers} onChange={partners.reload} />
        </div>
      )}
    </LoadedView>
  );
}

interface ListProps {
  partners: readonly PartnerResponse[];
  onChange: () => void;
}

interface FromOthersProps {
  partners: readonly PartnerResponse[];
  /** Draws it as it will be. */
  onShow: (partnerId: string, inTimeline: boolean) => void;
}

function FromOthers({ partners, onShow }: FromOthersProps) {
  const { api, timeline } = useMember();
  const { run } = useAction();
  const words = text.sharing.partners;
  return (
    <div class="partner-card">
      <h3>{words.fromOthers}</h3>
      {partners.length === 0 ? <p class="sharing-lead">{words.fromOthersNone}</p> : null}
      <ul>
        {partners.map(({ id, name, inTimeline }) => (
          <li key={id} class="partner">
            <Avatar name={name} />
            <div class="partner-words">
              <p class="partner-name">{name}</p>
              <Switch
                label={words.inTimeline(name)}
                isOn={inTimeline}
                onChange={async (isOn) => {
                  onShow(id, isOn);
                  const isDone = await run(async () => {
                    await showInTimeline(api, id, isOn);
                    await timeline.refresh('all');
                  });
                  if (!isDone) onShow(id, !isOn);
                }}
              />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ToOthers({ partners, onChange }: ListProps) {
  const { api, toasts } = useMember();
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<PartnerResponse>();
  const words = text.sharing.partners;
  return (
    <div class="partner-card">
      <h3>{words.toOthers}</h3>
      {partners.length === 0 ? <p class="sharing-lead">{words.toOthersNone}</p> : null}
      <ul>
        {partners.map((partner) => (
          <li key={partner.id} class="partner">
            <Avatar name={partner.name} />
            <p class="partner-name">{partner.name}</p>
            <IconButton icon="close" label={words.stop(partner.name)} onClick={() => setLeaving(partner)} />
          </li>
        ))}
      </ul>
      <Button icon="people" onClick={() => setIsAdding(true)}>
        {words.add}
      </Button>
      {isAdding ? (
        <PartnerDialog
          known={new Set(partners.map(({ id }) => id))}
          onClose={() => setIsAdding(false)}
          onAdded={onChange}
        />
      ) : null}
      {leaving ? (
        <ConfirmDialog
          title={words.stopTitle(leaving.name)}
          confirmWords={words.stopConfirm}
          onConfirm={async () => {
            await stopSharingTimeline(api, leaving.id);
            toasts.show({ words: words.stopped(leaving.name) });
            onChange();
          }}
          onClose={() => setLeaving(undefined)}
        >
          <p>{words.stopLead}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

interface PartnerDialogProps {
  known: ReadonlySet<string>;
  onClose: () => void;
  onAdded: () => void;
}

/** Chooses somebody on the box to share the whole timeline with. */
function PartnerDialog({ known, onClose, onAdded }: PartnerDialogProps) {
  const { api, user, toasts } = useMember();
  const users = useLoad(() => listUsers(api), [api]);
  const { run, isBusy } = useAction();
  const words = text.sharing.partners;
  return (
    <Dialog title={words.addTitle} onClose={onClose}>
      <p>{words.addLead}</p>
      <LoadedView load={users}>
        {(list) => {
          const others = list.filter(({ id }) => id !== user.id);
          const possible = others.filter(({ id }) => !known.has(id));
          if (possible.length === 0)
            return <p class="sharing-lead">{others.length === 0 ? words.nobody : words.everybody}</p>;
          return (
            <ul class="album-choices">
              {possible.map(({ id, name }) => (
                <li key={id}>
                  <button
                    type="button"
                    class="album-choice choice-flat"
                    onClick={() => {
                      if (isBusy) return;
                      void run(async () => {
                        await shareTimeline(api, id);
                        toasts.show({ words: words.added(name) });
                        onAdded();
                        onClose();
                      });
                    }}
                  >
                    <Avatar name={name} />
                    <span>{name}</span>
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </LoadedView>
    </Dialog>
  );
}
