import { useState } from 'preact/hooks';
import { agoWords } from '../../ago.ts';
import { useMember } from '../../app-context.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useLivePhones } from '../../phones/arrivals.tsx';
import { ConnectPhone } from '../../phones/connect-phone.tsx';
import { phoneName } from '../../phones/phone-list.ts';
import { text } from '../../text.ts';
import { BoxCard } from './box-card.tsx';

/** The phones that send their photos here, and how to connect one more. */
export function BoxPhones() {
  const { user } = useMember();
  const { phones, load } = useLivePhones();
  const [isOpen, setIsOpen] = useState(false);
  const words = text.box.phones;
  const now = Date.now();
  return (
    <BoxCard
      icon="phone"
      title={words.title}
      action={
        <Button icon="plus" onClick={() => setIsOpen(true)}>
          {text.phones.connect}
        </Button>
      }
    >
      <LoadedView load={load}>
        {() =>
          !phones || phones.length === 0 ? (
            <p>{words.empty}</p>
          ) : (
            <ul class="box-facts">
              {phones.map((phone) => (
                <li key={phone.sessionId}>
                  <Icon name="phone" size={20} />
                  <div>
                    <p class="work-name">{phoneName(phone)}</p>
                    <p class="box-soft">
                      {[
                        ...(phone.userId === user.id ? [] : [text.phones.ofPerson(phone.userName)]),
                        text.phones.heard(agoWords(phone.lastHeardAt, now)),
                        words.sent(phone.sentInAll),
                        ...(phone.sentToday > 0 ? [text.phones.today(phone.sentToday)] : []),
                      ].join(' · ')}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </LoadedView>
      {isOpen ? (
        <Dialog title={text.phones.connect} onClose={() => setIsOpen(false)}>
          <ConnectPhone />
        </Dialog>
      ) : null}
    </BoxCard>
  );
}
