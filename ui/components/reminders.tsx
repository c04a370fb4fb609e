import './reminders.css';
import { useEffect, useState } from 'preact/hooks';
import { RequestProblem } from '../api.ts';
import { useMember } from '../app-context.ts';
import { isSetupOpen } from '../calls/setup.ts';
import { text } from '../text.ts';
import { Banner } from './states.tsx';

/** This browser has seen that the box is set up, and need not ask again. */
const SET_UP_KEY = 'box-set-up';

/** Photos first. */
const LOOK_MS = 1500;

/** What waits for the reader and is not pressing: the rest of setting up, a password that somebody else knows. */
export function Reminders() {
  const { api, user } = useMember();
  const [isUnfinished, setIsUnfinished] = useState(false);
  useEffect(() => {
    if (!user.isAdmin || localStorage.getItem(SET_UP_KEY) === user.id) return undefined;
    const look = async () => {
      try {
        const isOpen = await isSetupOpen(api);
        setIsUnfinished(isOpen);
        if (!isOpen) localStorage.setItem(SET_UP_KEY, user.id);
      } catch (error) {
        // The screen below says that the box does not answer.
        if (!(error instanceof RequestProblem)) throw error;
      }
    };
    const timer = setTimeout(look, LOOK_MS);
    return () => clearTimeout(timer);
  }, [api, user.id, user.isAdmin]);
  return (
    <div class="reminders">
      {isUnfinished ? (
        <Banner tone="warn">
          {text.setup.unfinished} <a href="/setup">{text.setup.goOn}</a>
        </Banner>
      ) : null}
      {user.shouldChangePassword ? (
        <Banner tone="warn">
          {text.account.givenPassword} <a href="/account">{text.account.chooseOwn}</a>
        </Banner>
      ) : null}
    </div>
  );
}
