import './sharing.css';
import { useMember } from '../../app-context.ts';
import { listLinks } from '../../calls/shared-links.ts';
import { Page } from '../../components/page.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { LinkCard } from '../../links/link-card.tsx';
import { text } from '../../text.ts';
import { useFresh } from '../../use-fresh.ts';
import { useLoad } from '../../use-load.ts';
import { Partners } from './partners.tsx';

/** Everything that others can see: each link, and who shares whole timelines with whom. */
export function Sharing() {
  const { api } = useMember();
  const links = useLoad(() => listLinks(api), [api]);
  useFresh(links.look);
  const words = text.sharing;
  return (
    <Page title={words.title}>
      <section class="sharing-part">
        <h2>{words.links}</h2>
        <LoadedView load={links}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon="link" title={words.noLinksTitle} words={words.noLinks} />
            ) : (
              <>
                <p class="sharing-lead">{words.linksLead}</p>
                <ul class="link-list">
                  {list.map((link) => (
                    <LinkCard key={link.id} link={link} onChange={links.reload} />
                  ))}
                </ul>
              </>
            )
          }
        </LoadedView>
      </section>
      <section class="sharing-part">
        <h2>{words.partners.title}</h2>
        <p class="sharing-lead">{words.partners.lead}</p>
        <Partners />
      </section>
    </Page>
  );
}
