import { useEffect } from 'preact/hooks';
import { agoWords } from '../../ago.ts';
import { useMember } from '../../app-context.ts';
import { listNews, markRead, type News, removeNews } from '../../calls/notifications.ts';
import { Button } from '../../components/button.tsx';
import type { IconName } from '../../components/icon.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Page } from '../../components/page.tsx';
import { Row, Section } from '../../components/rows.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';
import { newsWords } from './news-words.ts';

const ICONS: Readonly<Record<News['level'], IconName>> = {
  success: 'check',
  error: 'warning',
  warning: 'warning',
  info: 'info',
};

/** What the box has to tell, as it comes. */
export function Notifications() {
  const { api, live } = useMember();
  const load = useLoad(() => listNews(api), []);
  const { run, isBusy } = useAction();
  const words = text.settings.news;
  useEffect(() => {
    const stops = [live.on('on_notification', () => load.reload()), live.onConnect(() => load.reload())];
    return () => {
      for (const stop of stops) stop();
    };
  }, [live]);
  const change = (action: () => Promise<unknown>) =>
    run(async () => {
      await action();
      load.reload();
    });
  const { state } = load;
  const news = state.kind === 'ready' ? state.value : [];
  const unread = news.filter(({ readAt }) => readAt === undefined).map(({ id }) => id);
  const now = Date.now();
  return (
    <Page
      title={words.title}
      actions={
        <>
          {unread.length > 0 ? (
            <Button
              icon="check"
              isBusy={isBusy}
              onClick={() => change(() => markRead(api, unread, new Date().toISOString()))}
            >
              {words.readAll}
            </Button>
          ) : null}
          {news.length > 0 ? (
            <Button
              isBusy={isBusy}
              onClick={() =>
                change(() =>
                  removeNews(
                    api,
                    news.map(({ id }) => id),
                  ),
                )
              }
            >
              {words.clear}
            </Button>
          ) : null}
        </>
      }
    >
      <LoadedView load={load}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon="bell" title={words.empty} words={words.emptyLead} />
          ) : (
            <Section title={words.title} isTitleHidden>
              <ul>
                {list
                  .map((entry) => ({ ...entry, ...newsWords(entry) }))
                  .map((entry) => (
                    <Row
                      key={entry.id}
                      icon={ICONS[entry.level]}
                      title={entry.title}
                      mark={entry.readAt === undefined ? words.unread : undefined}
                      facts={[entry.description ?? '', agoWords(entry.createdAt, now)]}
                    >
                      <IconButton
                        icon="close"
                        label={words.remove(entry.title)}
                        onClick={() => change(() => removeNews(api, [entry.id]))}
                      />
                    </Row>
                  ))}
              </ul>
            </Section>
          )
        }
      </LoadedView>
    </Page>
  );
}
